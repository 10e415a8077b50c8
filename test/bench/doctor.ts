import {execa} from 'execa';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import type {Bench} from './bench.js';
import {compare, timed} from './statistics.js';

/** How long the doctor takes on a machine on which nothing is wrong, beside the quickest question to the engine. */
export const doctor: Bench = {
	name: 'doctor',
	about: 'the doctor on a healthy machine, against `docker version`; engine 26',
	async run({engine, folder}) {
		const home = folder();
		const options = {
			cwd: home,
			env: {...engine.env, HOME: home, LANG: 'C.UTF-8'},
			extendEnv: false,
			stdin: 'ignore',
		} as const;
		const {ratio, subject, reference} = await compare(
			15,
			// Rejects when the machine is not ready: then there is nothing to measure.
			() => timed(() => execa(nodeUnderTest, [builtProgram, 'doctor', '--json'], options)),
			() => timed(() => execa('docker', ['version'], options)),
		);
		return [
			{what: 'doctor, from start to end', value: subject, unit: 'ms', most: 1000},
			{what: 'docker version', value: reference, unit: 'ms', most: null},
			{what: 'doctor to docker version', value: ratio, unit: '×', most: null},
		];
	},
};
