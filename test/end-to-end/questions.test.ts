import {cpSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {questionChapter} from '../tools/question-steps.js';
import {runHere} from '../tools/run-here.js';
import {openTalk} from '../tools/talk.js';
import {writeFiles} from '../tools/write-files.js';

/** The shipped workshop, with questions before its first step. */
const writeAsking = (): string => {
	const folder = path.join(temporaryFolder(), 'asking');
	cpSync('workshops/multi-stage', folder, {recursive: true});
	writeFiles(folder, {'00-questions.md': questionChapter});
	return folder;
};

test.serial('a rehearsal answers each question right', async t => {
	const args = ['run', 'questions', '--workshop', writeAsking(), '--replay', '--json'];
	const {stdout, exitCode} = await runHere(args, {env: {PATH: '/nowhere'}});
	t.is(exitCode, 0);
	const {chapters} = JSON.parse(stdout);
	t.like(chapters[0].steps[0], {id: 'which-stages', kind: 'question', command: null, verdict: 'passed'});
	t.is(chapters[0].steps.length, 4);
});

test.serial('a learner answers in plain lines, and reads why', async t => {
	const talk = openTalk({args: [writeAsking(), '--replay'], env: {PATH: '/nowhere'}});
	await talk.asked();
	talk.say('start');
	t.regex(
		await talk.asked(),
		/1 \[ \] All of them\n2 \[ \] `words` and the last one\n[\s\S]*1 go on without, 2 answer/,
	);
	talk.say('answer');
	t.regex(await talk.asked(), /Type its number/);
	talk.say('1');
	t.regex(await talk.asked(), /Not quite\.\nThe legacy builder does that\.\n[\s\S]*1 next step, 2 answer/);
	talk.say('next');
	await talk.asked();
	talk.say('go on');
	t.regex(await talk.asked(), /How many stages\?/);
	talk.say('answer');
	await talk.asked();
	talk.say('3');
	t.regex(await talk.asked(), /you said {2}3\nRight\.\nEach `FROM` begins one\./);
	talk.say('go to a step');
	t.regex(
		await talk.asked(),
		/1 Which stages run\?, passed\n {2}2 What goes into the image\?\n {2}3 How many stages\?, passed/,
	);
	talk.end();
	await talk.exited;
});
