import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {nodeUnderTest} from '../tools/built-program.js';
import type {Bench} from './bench.js';
import {openAtStep} from './open-program.js';
import {runStep} from './run-step.js';
import {writeWorkshop} from './write-workshop.js';

const script = path.resolve('test/bench/children/print-lines.js');
const seconds = 30;

export const idleCost: Bench = {
	name: 'idle-cost',
	about: `processor time over ${seconds} s in which a finished step is looked at`,
	async run({engine, folder}) {
		const home = folder();
		const workshop = writeWorkshop(folder(), [{id: 'lines', command: `${nodeUnderTest} ${script} 1000`}]);
		const program = await openAtStep({workshop, home, env: engine.env});
		await runStep(program, home, '\r');
		const before = {processor: program.processorSeconds(), ...program.written()};
		await pause(seconds * 1000);
		const share = (program.processorSeconds() - before.processor) / seconds;
		const frames = program.written().frames - before.frames;
		await program.quit();
		return [
			{what: 'processor time, of one core', value: share * 100, unit: '%', most: 1},
			{what: 'frames', value: frames, unit: '', most: null},
		];
	},
};
