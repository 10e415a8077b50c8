import {closeSync, openSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {nodeUnderTest} from '../tools/built-program.js';
import type {Bench} from './bench.js';
import {openAtStep} from './open-program.js';
import {runStep} from './run-step.js';
import {compare, median, timed} from './statistics.js';
import {writeWorkshop} from './write-workshop.js';

const script = path.resolve('test/bench/children/print-lines.js');
const total = 3_000_000;

/** Until the verdict is on the screen, and the last line with it. */
export const floodTime: Bench = {
	name: 'flood-time',
	about: 'a child that prints 3,000,000 coloured lines as fast as it can, under the screen and into a file',
	async run({engine, folder}) {
		const file = path.join(folder(), 'output');
		const home = folder();
		const workshop = writeWorkshop(folder(), [{id: 'flood', command: `${nodeUnderTest} ${script} ${total}`}]);
		const program = await openAtStep({workshop, home, env: engine.env});
		const intoFile = async () => {
			const descriptor = openSync(file, 'w');
			await execa(nodeUnderTest, [script, String(total)], {stdin: 'ignore', stdout: descriptor as 1});
			closeSync(descriptor);
		};
		const fromKey: number[] = [];
		const underScreen = async () => {
			const times = await runStep(program, home, fromKey.length === 0 ? '\r' : 'a');
			const screen = times.rows.join('\n');
			if (!screen.includes(`[${total}]`)) throw new Error(`The last line is not on the screen:\n${screen}`);
			fromKey.push(times.fromKey);
			return times.fromStart;
		};
		const {ratio, subject, reference} = await compare(5, underScreen, () => timed(intoFile));
		await program.quit();
		return [
			{what: 'under the screen ÷ into a file', value: ratio, unit: '×', most: 1.15},
			{what: 'under the screen', value: subject, unit: 'ms', most: null},
			{what: 'into a file', value: reference, unit: 'ms', most: null},
			{what: 'from the key', value: median(fromKey), unit: 'ms', most: null},
		];
	},
};
