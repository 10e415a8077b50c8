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
	const loop = open('read-simple');
	await loop.asked();
	t.false(inLab(loop, 'simple/Dockerfile'));
	loop.say('1');
	await loop.asked();
	t.true(inLab(loop, 'simple/Dockerfile'));
	loop.kill('SIGKILL');
});

test.serial('the files of an extra challenge are there when it is opened from the list of steps', async t => {
	const loop = open('read-reference');
	await loop.asked();
	loop.say('go');
	const list = await loop.asked();
	loop.say(/(\d+) extra: Keep the modules/.exec(list)?.[1] ?? '');
	await loop.waitFor('Keep the modules');
	await loop.asked();
	t.true(inLab(loop, 'modules/Dockerfile'));
	loop.kill('SIGKILL');
});

test.serial('who looks back after the clean-up does not get the files again', async t => {
	const loop = open('cleanup', ['lab-port', 'cleanup']);
	await loop.asked();
	loop.say('1');
	await loop.asked();
	loop.say('previous');
	await loop.waitFor('Take it home');
	t.false(existsSync(path.join(loop.cwd, 'multi-stage')));
	loop.kill('SIGKILL');
});
