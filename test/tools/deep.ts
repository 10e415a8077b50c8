import test from 'ava';
import {createRandom} from './create-random.js';

/** Whether all is tried, which takes long: `npm run test:deep`. Otherwise each property is shown by a sample. */
export const isDeep = process.env.TEST_DEEP === '1';

/** How many are tried: the first number for every change, the second one with `npm run test:deep`. */
export const deep = (sample: number, all: number): number => (isDeep ? all : sample);

/** So many of these values, in their order and the same ones in every run; all with `npm run test:deep`. */
export const sampleOf = <Value>(values: readonly Value[], count: number): Value[] => {
	if (isDeep) return [...values];
	const random = createRandom(sampleSeed);
	const drawn = values.map((_, index) => ({index, rank: random()})).sort((a, b) => a.rank - b.rank);
	const chosen = new Set(drawn.slice(0, count).map(({index}) => index));
	return values.filter((_, index) => chosen.has(index));
};
const sampleSeed = 2026;

/** Declares a test that is skipped, unless with `npm run test:deep`. */
export const deepTest = isDeep ? test.serial : test.serial.skip;
