import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {openTalk, type Talk} from '../tools/talk.js';
import {writeProgress} from '../tools/write-progress.js';

const withoutDocker = {PATH: '/nowhere'};

const open = (stepId: string, passed: string[] = []): Talk => {
	const home = temporaryFolder();
	writeProgress(home, stepId, passed);
	return openTalk({args: ['--replay'], env: withoutDocker, home});
};
const inLab = ({cwd}: Talk, file: string) => existsSync(path.join(cwd, 'multi-stage', file));

test.serial('the files are there when the first page that speaks of them is shown', async t => {
	const talk = open('read-simple');
	await talk.asked();
	t.false(inLab(talk, 'simple/Dockerfile'));
	talk.say('1');
	await talk.asked();
	t.true(inLab(talk, 'simple/Dockerfile'));
	talk.kill('SIGKILL');
});

test.serial('the files of an extra challenge are there when it is opened from the list of steps', async t => {
	const talk = open('read-reference');
	await talk.asked();
	talk.say('go');
	const list = await talk.asked();
	talk.say(/(\d+) extra: A smaller whoami/.exec(list)?.[1] ?? '');
	await talk.waitFor('A smaller whoami');
	await talk.asked();
	t.true(inLab(talk, 'slim/Dockerfile'));
	talk.kill('SIGKILL');
});

test.serial('who looks back after the clean-up does not get the files again', async t => {
	const talk = open('cleanup', ['lab-port', 'cleanup']);
	await talk.asked();
	talk.say('1');
	await talk.asked();
	talk.say('previous');
	await talk.waitFor('Chapter 5 of 6');
	t.false(existsSync(path.join(talk.cwd, 'multi-stage')));
	talk.kill('SIGKILL');
});
