import {chmodSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {spawn} from '@lydell/node-pty';
import {execa} from 'execa';
import type {TestEngine} from '../engine/test-engine.js';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {writeFiles} from '../tools/write-files.js';
import {beginAt} from './begin-at.js';
import type {Bench, Figure, Workplace} from './bench.js';
import {openAtStep} from './open-program.js';
import {runStep} from './run-step.js';
import {compare, median, timed} from './statistics.js';

type Case = {stepId: string; context: string; flags: string[]; rounds: number; most: number};

const cases: Case[] = [
	{
		stepId: 'build-parallel-buildkit',
		context: 'parallel',
		flags: ['--no-cache'],
		rounds: 9,
		most: 1.03,
	},
	{stepId: 'build-whoami', context: 'whoami', flags: [], rounds: 5, most: 1.15},
];

/** Every build begins with an empty cache. */
export const buildTime: Bench = {
	name: 'build-time',
	about: 'wall time of a build under the screen, and of the same build with its output thrown away',
	async run(workplace) {
		const figures: Figure[] = [];
		for (const one of cases) figures.push(...(await measure(one, workplace)));
		return [...figures, ...(await measureOwnBuild(workplace))];
	},
};

const measure = async (
	{stepId, context, flags, rounds, most}: Case,
	{engine, folder}: Workplace,
): Promise<Figure[]> => {
	const home = folder();
	beginAt(home, stepId);
	const program = await openAtStep({workshop: 'multi-stage', home, env: engine.env});
	const fromKey: number[] = [];
	const underScreen = async () => {
		await forget(engine);
		const times = await runStep(program, home, fromKey.length === 0 ? '\r' : 'a');
		fromKey.push(times.fromKey);
		return times.fromStart;
	};
	// Under a name of its own: the workshop asks before it takes a name that is not its own.
	const alone = async () => {
		await forget(engine);
		return timed(() =>
			execa('docker', ['build', ...flags, '-t', 'alone', path.resolve('workshops/multi-stage', context)], {
				env: {...engine.env, DOCKER_BUILDKIT: '1', BUILDX_BUILDER: 'default'},
				stdin: 'ignore',
				stdout: 'ignore',
				stderr: 'ignore',
			}),
		);
	};
	const {ratio, subject, reference} = await compare(rounds, underScreen, alone);
	await program.quit();
	return [
		{what: `${context}: under the screen ÷ alone`, value: ratio, unit: '×', most},
		{what: `${context}: under the screen`, value: subject, unit: 'ms', most: null},
		{what: `${context}: alone`, value: reference, unit: 'ms', most: null},
		{what: `${context}: from the key`, value: median(fromKey), unit: 'ms', most: null},
	];
};

/** Runs the built program on a terminal of 120×36 until it ends. */
const runOnTerminal = (words: string[], env: Record<string, string>): Promise<void> =>
	new Promise(resolve => {
		const child = spawn(nodeUnderTest, [builtProgram, ...words], {
			...{name: 'xterm-256color', cols: 120, rows: 36},
			env: {LANG: 'C.UTF-8', SHELL: '/bin/sh', ...env},
		});
		child.onData(() => {});
		child.onExit(() => resolve());
	});

/** A build with `multistage-workshop build`: from the start of docker to its end, as a `docker` before it measures. */
const measureOwnBuild = async ({engine, folder}: Workplace): Promise<Figure[]> => {
	const place = folder();
	const [own = ''] = engine.env.PATH.split(path.delimiter);
	const times = path.join(place, 'times');
	writeFiles(place, {
		docker: `#!/bin/bash
[ "$1" = build ] || exec ${own}/docker "$@"
begun=$EPOCHREALTIME
${own}/docker "$@"
code=$?
echo "$begun $EPOCHREALTIME" >${times}
exit $code
`,
	});
	chmodSync(path.join(place, 'docker'), 0o755);
	const env = {...engine.env, PATH: `${place}${path.delimiter}${engine.env.PATH}`};
	const words = ['build', '--no-cache', '-t', 'alone', path.resolve('workshops/multi-stage/parallel')];
	const milliseconds = (): number => {
		const [begun = 0, ended = 0] = readFileSync(times, 'utf8').split(' ').map(Number);
		return (ended - begun) * 1000;
	};
	const underScreen = async () => {
		await forget(engine);
		await runOnTerminal(words, {...env, HOME: place});
		return milliseconds();
	};
	const alone = async () => {
		await forget(engine);
		await execa('docker', words, {env, stdin: 'ignore', stdout: 'ignore', stderr: 'ignore'});
		return milliseconds();
	};
	const {ratio, subject, reference} = await compare(9, underScreen, alone);
	return [
		{what: 'one’s own build: under the screen ÷ alone', value: ratio, unit: '×', most: 1.03},
		{what: 'one’s own build: under the screen', value: subject, unit: 'ms', most: null},
		{what: 'one’s own build: alone', value: reference, unit: 'ms', most: null},
	];
};

/** The base images stay; what was built and its cache goes, so that every build has everything to do. */
const forget = async ({docker}: TestEngine): Promise<void> => {
	await docker('builder', 'prune', '-a', '-f');
};
