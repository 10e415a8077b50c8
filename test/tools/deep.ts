import test from 'ava';
import {createRandom} from './create-random.js';

/** Whether tests try all cases instead of a sample, which is slow: `npm run test:deep`. */
export const isDeep = process.env.TEST_DEEP === '1';

/** The number of cases: the first for every change, the second for `npm run test:deep`. */
export const deep = (sample: number, all: number): number => (isDeep ? all : sample);

/** Takes a fixed sample of this size, in order; all values with `npm run test:deep`. */
export const sampleOf = <Value>(values: readonly Value[], count: number): Value[] => {
	if (isDeep) return [...values];
	const random = createRandom(sampleSeed);
	const drawn = values.map((_, index) => ({index, rank: random()})).sort((a, b) => a.rank - b.rank);
	const chosen = new Set(drawn.slice(0, count).map(({index}) => index));
	return values.filter((_, index) => chosen.has(index));
};
const sampleSeed = 2026;

/** Declares a test that only runs with `npm run test:deep`. */
export const deepTest = isDeep ? test.serial : test.serial.skip;
