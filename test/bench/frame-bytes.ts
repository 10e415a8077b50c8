import {setTimeout as pause} from 'node:timers/promises';
import type {Bench} from './bench.js';
import {openStageFlood} from './open-stage-flood.js';

const seconds = 5;

export const frameBytes: Bench = {
	name: 'frame-bytes',
	about: 'what is written to the terminal while 25,000 lines a second arrive in four panes',
	async run(workplace) {
		const program = await openStageFlood(workplace, {linesPerSecond: 25_000, seconds: 20});
		const before = program.written();
		const processorBefore = program.processorSeconds();
		await pause(seconds * 1000);
		const after = program.written();
		const processor = program.processorSeconds() - processorBefore;
		program.press('c');
		await program.waitUntil(rows => !rows.join('\n').includes('Running…'), 'a cancelled build');
		await program.quit();
		const frames = after.frames - before.frames;
		return [
			{what: 'full-screen clears', value: after.clears - before.clears, unit: '', most: 0},
			{what: 'bytes a frame', value: (after.bytes - before.bytes) / frames / 1000, unit: 'kB', most: null},
			{what: 'frames a second', value: frames / seconds, unit: '', most: null},
			{what: 'processor time, of one core', value: (processor / seconds) * 100, unit: '%', most: null},
		];
	},
};
