import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from './child-environment.js';
import {runCli} from './run-cli.js';

const echo = path.resolve('test/fixtures/terminal/echo.js');

test.serial('what a program read, printed and was given comes back, with its exit code', async t => {
	const home = temporaryFolder();
	const cwd = temporaryFolder();
	const {stdout, stderr, exitCode} = await runCli(['a b', '--c'], {
		program: echo,
		home,
		cwd,
		stdin: 'typed',
		env: {EXTRA: 'given'},
	});
	t.deepEqual(JSON.parse(stdout), {
		arguments: ['a b', '--c'],
		read: 'typed',
		home,
		cwd,
		extra: 'given',
		ci: null,
	});
	t.is(stderr, 'to stderr\n');
	t.is(exitCode, 7);
});

test.serial('without being told, it runs in folders of its own, with nothing to read', async t => {
	const {home, cwd, read} = JSON.parse((await runCli([], {program: echo})).stdout);
	t.true(existsSync(home) && existsSync(cwd));
	t.not(home, cwd);
	t.not(cwd, process.cwd());
	t.is(read, '');
});

test.serial('a program that takes too long is ended, and the message holds what it had printed', async t => {
	const error = await t.throwsAsync(runCli(['--stay'], {program: echo, timeout: 1500}));
	t.regex(error?.message ?? '', /timed out after 1500 milliseconds[\s\S]*still here/);
});
