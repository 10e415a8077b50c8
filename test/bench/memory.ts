import path from 'node:path';
import {nodeUnderTest} from '../tools/built-program.js';
import type {Bench} from './bench.js';
import {openAtStep} from './open-program.js';
import {runStep} from './run-step.js';
import {writeWorkshop} from './write-workshop.js';

const script = path.resolve('test/bench/children/print-lines.js');

/** Megabytes that count as flat: V8 clears its old space for the first time when that has grown to about 45 MB. */
const slack = 20;

export const memory: Bench = {
	name: 'memory',
	about: 'resident memory at the start, after one, three and nine million lines',
	async run({engine, folder}) {
		const steps = [1, 2, 6].map(millions => ({
			id: `million-${millions}`,
			command: `${nodeUnderTest} ${script} ${millions}000000`,
		}));
		const home = folder();
		const program = await openAtStep({
			workshop: writeWorkshop(folder(), steps),
			home,
			env: engine.env,
		});
		const start = program.memory().now;
		await runStep(program, home, '\r');
		const one = program.memory().now;
		const printMore = async () => {
			program.press('\r');
			await program.waitFor(/Press enter to run it/);
			await runStep(program, home, '\r');
			return program.memory();
		};
		const {now: three} = await printMore();
		const {now: nine, peak} = await printMore();
		await program.quit();
		return [
			{what: 'at the start', value: start, unit: 'MB', most: 180},
			{what: 'after 1,000,000 lines', value: one, unit: 'MB', most: 180},
			{what: 'after 3,000,000 lines', value: three, unit: 'MB', most: 180},
			{what: 'growth between them', value: three - one, unit: 'MB', most: slack},
			{what: 'after 9,000,000 lines', value: nine, unit: 'MB', most: 180},
			{what: 'highest at any time', value: peak, unit: 'MB', most: 180},
		];
	},
};
