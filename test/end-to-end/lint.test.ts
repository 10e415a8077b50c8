import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {templateFiles} from '../../source/app/template-files.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {writeFiles} from '../tools/write-files.js';

/** No program can be started by lint: there is none. */
const env = {PATH: '/nowhere'};

/** The workshop that `new` writes. */
const writeSound = (): string => {
	const cwd = temporaryFolder();
	writeFiles(path.join(cwd, 'mine'), Object.fromEntries(templateFiles));
	return cwd;
};

/** The same, with a step that checks the exit code alone. */
const writeWeak = (): string => {
	const cwd = writeSound();
	const file = path.join(cwd, 'mine', '01-stages.md');
	const lines = readFileSync(file, 'utf8').split('\n');
	const at = lines.indexOf('  - check: stdout');
	lines.splice(at, 4);
	writeFileSync(file, lines.join('\n'));
	return cwd;
};

test.serial('a shipped workshop is linted by its name, the usual one without', async t => {
	for (const args of [['lint'], ['lint', 'multi-stage'], ['lint', '--workshop', 'multi-stage']]) {
		const {stdout, exitCode} = await runCli(args, {env});
		t.regex(stdout, /: no problems(?:, \d+ warnings?)?\.\n$/);
		t.is(exitCode, 0);
	}
});

test.serial('a folder without a problem passes, and lint counts the steps that ask something', async t => {
	const {stdout, stderr, exitCode} = await runHere(['lint', './mine'], {env, cwd: writeSound()});
	const told = '3 of 5 steps are active.\nmine: no problems.\n';
	t.deepEqual({stdout, stderr, exitCode}, {stdout: told, stderr: '', exitCode: 0});
});

test.serial('each problem is a line with file, line and column', async t => {
	const cwd = writeSound();
	writeFileSync(path.join(cwd, 'mine', 'notes.txt'), '');
	writeFileSync(path.join(cwd, 'mine', 'app', 'Dockerfile'), 'FROM alpine:3.13 AS words\nRUNN\n');
	const {stdout, exitCode} = await runHere(['lint', './mine'], {env, cwd});
	t.is(
		stdout,
		'mine/app/Dockerfile:2:1 Unknown instruction: RUNN\n' +
			'mine/notes.txt:1:1 is a stray file: nothing in the workshop refers to it\n' +
			'2 problems.\n',
	);
	t.is(exitCode, 1);
});

const weakness = {
	file: '01-stages.md',
	line: 54,
	column: 1,
	message: 'checks only the exit code, so anything that ends like that passes: check what has to be true',
};

test.serial('a warning is a line too, and counts only with --strict', async t => {
	const cwd = writeWeak();
	const told = `mine/01-stages.md:54:1 warning: ${weakness.message}\n3 of 5 steps are active.\nmine: no problems, 1 warning.\n`;
	for (const [more, exitCode] of [
		[[], 0],
		[['--strict'], 1],
	] as const) {
		const linted = await runHere(['lint', './mine', ...more], {env, cwd});
		t.deepEqual({stdout: linted.stdout, exitCode: linted.exitCode}, {stdout: told, exitCode});
	}
	writeFileSync(path.join(cwd, 'mine', 'notes.txt'), '');
	t.regex((await runHere(['lint', './mine'], {env, cwd})).stdout, /\n1 problem, 1 warning\.\n$/);
});

test.serial('as JSON it is one document', async t => {
	const steps = {active: 3, all: 5};
	const lint = async (cwd: string, ...more: string[]) => {
		const {stdout, exitCode} = await runHere(['lint', './mine', '--json', ...more], {env, cwd});
		return {...JSON.parse(stdout), exitCode};
	};
	const sound = {format: 1, passed: true, problems: [], warnings: [], steps, exitCode: 0};
	t.deepEqual(await lint(writeSound()), sound);
	const cwd = writeWeak();
	t.deepEqual(await lint(cwd), {...sound, warnings: [weakness]});
	t.deepEqual(await lint(cwd, '--strict'), {...sound, passed: false, warnings: [weakness], exitCode: 1});
	writeFileSync(path.join(cwd, 'mine', 'notes.txt'), '');
	const message = 'is a stray file: nothing in the workshop refers to it';
	const problems = [{file: 'notes.txt', line: 1, column: 1, message}];
	t.deepEqual(await lint(cwd), {...sound, passed: false, problems, warnings: [weakness], exitCode: 1});
});

test.serial('a folder that is not there is wrong usage', async t => {
	const {stderr, exitCode} = await runHere(['lint', './nosuch'], {env});
	t.regex(stderr, /The folder .*nosuch does not exist\./);
	t.is(exitCode, 2);
});
