import test from 'ava';
import {followRun, type RunSnapshot} from '../../source/session/follow-run.js';
import type {LineLogWriter, Outcome, RunRequest} from '../../source/session/ports.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import {createFakeRunner, type Script} from '../tools/fakes/fake-runner.js';

const request: RunRequest = {
	...{runId: 'one', stepId: 'step', argv: ['docker', 'build', '.'], cwd: '/lab', env: {}},
	...{builder: null, format: null},
};
const graph = parseDockerfile('FROM alpine:3.13 AS base\nRUN true\n');
const legacy =
	'Step 1/2 : FROM alpine:3.13 AS base\n ---> 0123456789ab\nStep 2/2 : RUN true\n ---> Running in 0123456789ac\nit says\n ---> 1123456789ab\nSuccessfully built 1123456789ab\n';

const collect = () => {
	const lines: string[] = [];
	const writer: LineLogWriter & {lines: string[]; isOver(): boolean} = {
		lines,
		append: (stage, line) => void lines.push(`${stage}: ${line}`),
		appendBytes: (stream, bytes) => void lines.push(`${stream}: ${Buffer.from(bytes)}`),
		end: () => void lines.push('end'),
		isOver: () => lines.at(-1) === 'end',
	};
	return writer;
};

const follow = (script: Script | null, {isBuild = false, signal = new AbortController().signal} = {}) => {
	const lines = collect();
	const snapshots: RunSnapshot[] = [];
	const asked: RunRequest = isBuild ? {...request, builder: 'legacy', format: 'legacy'} : request;
	const runner = createFakeRunner(() => script);
	const run = followRun(asked, {
		...{runner, lines, signal},
		graph: isBuild ? graph : null,
		onSnapshot: snapshot => snapshots.push(snapshot),
	});
	return {run, lines, snapshots, runner};
};

const ends = test.macro(async (t, ends: number | Outcome, expected: Partial<Outcome>) => {
	const {run, lines} = follow({prints: [{text: 'out\n'}, {text: 'err\n', stream: 'stderr'}], ends});
	const {outcome, output, stdout, stderr, build} = await run;
	t.like(outcome, expected);
	t.deepEqual(
		{output, stdout, stderr, build},
		{
			output: {lines: ['out', 'err'], lineCount: 2},
			stdout: 'out\n',
			stderr: 'err\n',
			build: null,
		},
	);
	t.true(lines.isOver());
});

test('a command that ends well', ends, 0, {ended: 'exited', exitCode: 0});
test('a command that fails', ends, 3, {ended: 'exited', exitCode: 3});
test('a command that is cancelled', ends, {ended: 'cancelled', seconds: 1}, {ended: 'cancelled'});
test(
	'a command whose output had no room',
	ends,
	{ended: 'exited', exitCode: 1, seconds: 1, unkept: 'The disk is full.'},
	{
		ended: 'exited',
		unkept: 'The disk is full.',
	} as Partial<Outcome>,
);

test('a program that is not there is an outcome, not an error', async t => {
	const {outcome, output} = await follow(null).run;
	t.like(outcome, {
		ended: 'could-not-start',
		message: 'The program `docker` is not installed or not on the PATH.',
	});
	t.deepEqual(output, {lines: [], lineCount: 0});
});

test('a build is folded into its stages, and each line goes to its own', async t => {
	const {run, lines} = follow({prints: [{text: legacy}]}, {isBuild: true});
	const {build, output} = await run;
	t.deepEqual(
		build?.stages.map(({name, status}) => `${name} ${status}`),
		['base done'],
	);
	t.regex(build?.imageId ?? '', /1123456789ab/);
	t.true(lines.lines.includes('base: it says'), lines.lines.join('\n'));
	t.deepEqual(output, {lines: [], lineCount: 0});
});

for (const [what, end, status, error] of [
	['cancelled', {ended: 'cancelled', seconds: 1}, 'cancelled', ''],
	['cut off by a failure', 1, 'failed', "The command '/bin/sh -c true' returned a non-zero code: 1\n"],
] as const) {
	test(`a build that is ${what} leaves no stage running`, async t => {
		const half = legacy.slice(0, legacy.indexOf(' ---> 1123'));
		const {build} = await follow(
			{prints: [{text: half}, {text: error, stream: 'stderr'}], ends: end},
			{isBuild: true},
		).run;
		t.deepEqual(
			build?.stages.map(stage => stage.status),
			[status],
		);
	});
}

test('while it runs, what it printed is handed out, and nothing after its end', async t => {
	const lines = collect();
	const snapshots: RunSnapshot[] = [];
	const runner = createFakeRunner(() => ({}));
	const begun = runner.hold();
	let seen = () => {};
	const run = followRun(request, {
		...{runner, lines, graph: null, signal: new AbortController().signal},
		onSnapshot(snapshot) {
			snapshots.push(snapshot);
			seen();
		},
	});
	const held = await begun;
	const first = new Promise<void>(resolve => {
		seen = () => (snapshots.at(-1)?.output.lineCount === 1 ? resolve() : undefined);
	});
	held.print('first\n');
	await first;
	held.print('second\n');
	held.end();
	const count = snapshots.length;
	t.is((await run).output.lineCount, 2);
	await new Promise(resolve => setImmediate(resolve));
	t.is(snapshots.length, count);
});

test('a flood keeps its last lines and characters', async t => {
	const text = Array.from({length: 20_000}, (_, index) => `line ${index}`).join('\n');
	const {output, stdout} = await follow({prints: [{text: `${text}\n`}]}).run;
	t.is(output.lineCount, 20_000);
	t.is(output.lines.length, 500);
	t.is(output.lines.at(-1), 'line 19999');
	t.is(stdout.length, 64 * 1024);
	t.true(stdout.endsWith('line 19999\n'));
});
