import {chmodSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {nodeUnderTest} from '../tools/built-program.js';
import type {Workplace} from './bench.js';
import {type OpenProgram, openAtStep} from './open-program.js';
import {writeWorkshop} from './write-workshop.js';

const script = path.resolve('test/bench/children/print-build.js');

const dockerfile = ['one', 'two', 'three', 'four']
	.map(name => `FROM alpine:3.13 AS ${name}\nRUN make\n`)
	.join('');

/**
 * Opens the program in the middle of a build whose four stages print so many lines a second. BuildKit itself clips the
 * output of a step, so a `docker` in front of the real one prints this build, and hands on all that is no build.
 */
export const openStageFlood = async (
	{engine, folder}: Workplace,
	{linesPerSecond, seconds, home = folder()}: {linesPerSecond: number; seconds: number; home?: string},
): Promise<OpenProgram> => {
	const bin = folder();
	const {stdout: docker} = await execa('which', ['docker'], {env: engine.env});
	const inFront = [
		'#!/bin/sh',
		// The doctor builds something as well.
		`[ "$1 $2" != 'build --target' ] || exec ${nodeUnderTest} ${script} ${linesPerSecond} ${seconds}`,
		`exec ${docker} "$@"`,
		'',
	];
	writeFileSync(path.join(bin, 'docker'), inFront.join('\n'));
	chmodSync(path.join(bin, 'docker'), 0o755);
	const workshop = writeWorkshop(
		folder(),
		[{id: 'flood', command: 'docker build --target four ./context'}],
		dockerfile,
	);
	const env = {...engine.env, PATH: `${bin}${path.delimiter}${engine.env.PATH}`};
	const program = await openAtStep({workshop, home, env});
	program.press('\r');
	await program.waitUntil(
		rows => (rows.join('\n').match(/compiling/g)?.length ?? 0) > 20,
		'four panes full of lines',
		20_000,
	);
	return program;
};
