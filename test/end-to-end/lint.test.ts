import {writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {runHere} from '../tools/run-here.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {writeFiles} from '../tools/write-files.js';

/** No program can be started by lint: there is none. */
const env = {PATH: '/nowhere'};

const writeSound = (): string => {
	const cwd = temporaryFolder();
	for (const [file, text] of Object.entries(soundWorkshop)) writeFiles(cwd, {[`mine/${file}`]: text});
	return cwd;
};

test.serial('a shipped workshop is linted by its name, the usual one without', async t => {
	for (const args of [['lint'], ['lint', 'multi-stage'], ['lint', '--workshop', 'multi-stage']]) {
		const {stdout, exitCode} = await runCli(args, {env});
		t.regex(stdout, /no problems\.\n$/);
		t.is(exitCode, 0);
	}
});

test.serial('a folder without a problem passes', async t => {
	const {stdout, stderr, exitCode} = await runHere(['lint', './mine'], {env, cwd: writeSound()});
	t.deepEqual({stdout, stderr, exitCode}, {stdout: 'mine: no problems.\n', stderr: '', exitCode: 0});
});

test.serial('each problem is a line with file, line and column', async t => {
	const cwd = writeSound();
	writeFileSync(path.join(cwd, 'mine', 'notes.txt'), '');
	writeFileSync(path.join(cwd, 'mine', 'app', 'Dockerfile'), 'FROM alpine:3.13 AS words\nRUNN\n');
	const {stdout, exitCode} = await runHere(['lint', './mine'], {env, cwd});
	t.is(
		stdout,
		'mine/app/Dockerfile:2:1 Unknown instruction: RUNN\n' +
			'mine/notes.txt:1:1 is a stray file: nothing of the workshop refers to it\n' +
			'2 problems.\n',
	);
	t.is(exitCode, 1);
});

test.serial('as JSON it is one document', async t => {
	const cwd = writeSound();
	const sound = await runHere(['lint', './mine', '--json'], {env, cwd});
	t.deepEqual(JSON.parse(sound.stdout), {format: 1, passed: true, problems: []});
	writeFileSync(path.join(cwd, 'mine', 'notes.txt'), '');
	const {stdout, exitCode} = await runHere(['lint', './mine', '--json'], {env, cwd});
	const problem = {
		file: 'notes.txt',
		line: 1,
		column: 1,
		message: 'is a stray file: nothing of the workshop refers to it',
	};
	t.deepEqual(JSON.parse(stdout), {format: 1, passed: false, problems: [problem]});
	t.is(exitCode, 1);
});

test.serial('a folder that is not there is wrong usage', async t => {
	const {stderr, exitCode} = await runHere(['lint', './nosuch'], {env});
	t.regex(stderr, /The folder .*nosuch does not exist\./);
	t.is(exitCode, 2);
});
