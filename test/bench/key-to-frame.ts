import {setTimeout as pause} from 'node:timers/promises';
import {createRandom} from '../tools/create-random.js';
import type {Bench, Workplace} from './bench.js';
import {openStageFlood} from './open-stage-flood.js';
import {percentile} from './statistics.js';

const linesPerSecond = 25_000;
const presses = 200;

/** Tab marks the next pane; a pause of random length between two keys, so that they fall anywhere between frames. */
export const keyToFrame: Bench = {
	name: 'key-to-frame',
	about: `from a key to the frame that shows what it did, while ${linesPerSecond} lines a second arrive in four panes`,
	async run(workplace) {
		const times = await measureKeys(workplace, workplace.folder());
		return [
			{what: 'median', value: percentile(times, 50), unit: 'ms', most: null},
			{what: '99th percentile', value: percentile(times, 99), unit: 'ms', most: 60},
		];
	},
};

/** Milliseconds from each of the presses to its frame, in a program with this home. `first`: what its screen shows. */
export const measureKeys = async (workplace: Workplace, home: string, first = /./): Promise<number[]> => {
	const program = await openStageFlood(workplace, {linesPerSecond, seconds: 40, home});
	await program.waitFor(first);
	const random = createRandom(1);
	const times: number[] = [];
	for (let press = 0; press < presses; press++) {
		await pause(20 + 40 * random());
		const before = marksIn(await program.waitFor(/./));
		const pressedAt = performance.now();
		program.press('\t');
		await program.waitUntil(rows => marksIn(rows) !== before, 'another marked pane');
		times.push(performance.now() - pressedAt);
	}
	program.press('c');
	await program.waitUntil(rows => !rows.join('\n').includes('Running…'), 'a cancelled build');
	await program.quit();
	return times;
};

/** Where the screen has the mark of the pane that the keys are for. */
const marksIn = (rows: string[]): string =>
	rows
		.flatMap((row, index) => [...row.matchAll(/▸/g)].map(({index: column}) => `${index}:${column}`))
		.join(' ');
