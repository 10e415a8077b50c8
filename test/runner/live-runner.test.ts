import {closeSync, mkdtempSync, openSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {createLiveRunner} from '../../source/runner/live-runner.js';
import type {Outcome} from '../../source/session/ports.js';
import {settled} from '../tools/settled.js';

const openFiles = () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'runner-'));
	const openStream = (name: string) => {
		const file = path.join(folder, name);
		return {path: file, descriptor: openSync(file, 'w')};
	};
	const stdout = openStream('stdout');
	const stderr = openStream('stderr');
	return {
		stdout,
		stderr,
		started() {},
		shortage: () => null,
		close() {
			closeSync(stdout.descriptor);
			closeSync(stderr.descriptor);
		},
	};
};

type Ended = {outcome: Outcome; stdout: string; stderr: string};

const run = (
	argv: string[],
	{signal = new AbortController().signal, onOutput = (_text: string) => {}, cwd = tmpdir()} = {},
): Promise<Ended> =>
	new Promise(resolve => {
		const printed = {stdout: '', stderr: ''};
		createLiveRunner(openFiles).start(
			{
				runId: 'run',
				stepId: null,
				argv,
				cwd,
				env: {PATH: process.env.PATH ?? ''},
				builder: null,
				format: null,
			},
			event => {
				if (event.type === 'output') {
					printed[event.stream] += Buffer.from(event.bytes).toString();
					onOutput(printed.stdout);
				}
				if (event.type === 'ended') resolve({outcome: event.outcome, ...printed});
			},
			signal,
		);
	});

test.serial('both streams and the exit code arrive', async t => {
	const {outcome, stdout, stderr} = await run(['sh', '-c', 'echo out; echo err >&2; exit 3']);
	t.like(outcome, {ended: 'exited', exitCode: 3});
	t.is(stdout, 'out\n');
	t.is(stderr, 'err\n');
});

test.serial('nothing is lost of a flood', async t => {
	const {stdout} = await run(['seq', '1', '300000']);
	t.is(stdout.length, 1_988_895);
	t.true(stdout.endsWith('299999\n300000\n'));
});

test.serial('stdin is closed', async t => {
	const {outcome} = await run(['cat']);
	t.like(outcome, {ended: 'exited', exitCode: 0});
});

test.serial('a program that is not there is named', async t => {
	const {outcome} = await run(['no-such-program']);
	t.like(outcome, {
		ended: 'could-not-start',
		message: 'The program `no-such-program` is not installed or not on the PATH.',
	});
});

test.serial('a folder that is gone is not taken for a missing program', async t => {
	const {outcome} = await run(['ls'], {cwd: '/no/such/folder'});
	t.like(outcome, {ended: 'could-not-start', message: 'The folder /no/such/folder no longer exists.'});
});

/** Whether it runs still, once a signal had the time to arrive. One that nobody has waited for yet (`Z`) runs no more. */
const isAlive = (pid: number) =>
	settled(
		async () => {
			const {stdout} = await execa('ps', ['-o', 'stat=', '-p', String(pid)], {reject: false});
			return stdout !== '' && !stdout.startsWith('Z');
		},
		alive => !alive,
	);

const cancelled = test.macro(async (t, script: string) => {
	const abort = new AbortController();
	let pid = 0;
	const {outcome} = await run(['sh', '-c', script], {
		signal: abort.signal,
		onOutput(text) {
			pid = Number.parseInt(text, 10);
			abort.abort();
		},
	});
	t.is(outcome.ended, 'cancelled');
	t.true(pid > 0);
	t.false(await isAlive(pid));
});

test.serial('a cancel ends a command with its children', cancelled, 'sleep 600 & echo $!; wait');
test.serial(
	'a cancel ends what does not listen to a polite signal',
	cancelled,
	'trap "" TERM; sleep 600 & echo $!; wait; sleep 600',
);

test.serial('a child that outlives its command is ended with it', async t => {
	const {outcome, stdout} = await run(['sh', '-c', 'sleep 600 >/dev/null 2>&1 & echo $!']);
	t.is(outcome.ended, 'exited');
	t.false(await isAlive(Number.parseInt(stdout, 10)));
});
