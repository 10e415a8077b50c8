import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {words} from './judges-check.js';
import {image, run} from './sample-facts.js';

const exit: CheckDeclaration = {check: 'exit', is: 0, ...words};
const stdout: CheckDeclaration = {check: 'stdout', has: ['All tests'], lacks: ['FAIL'], ...words};
const file: CheckDeclaration = {check: 'file', path: 'simple/Dockerfile', has: ['AS test'], ...words};
const dockerfile = (text: string | null, path = 'simple/Dockerfile'): Fact => ({fact: 'file', path, text});
const exists: CheckDeclaration = {check: 'image', image: 'golang:1.16.4-alpine', exists: true, ...words};
const golang = image('golang', {tags: ['golang:1.16.4-alpine'], bytes: 239_000_000, layers: ['a', 'b']});
const running: CheckDeclaration = {
	check: 'container',
	name: 'mine',
	state: 'running',
	image: 'whoami',
	...words,
};
const engineGone: Fact = {fact: 'engine-gone', reason: 'No Docker engine runs at unix:///x.'};
for (const check of [exists, running]) {
	test(`without the engine nothing is said about ${check.check}`, t => {
		t.like(judgeChecks([check], [engineGone]), {
			verdict: 'unknown',
			finding: 'engine-gone',
			reason: engineGone.reason,
		});
	});
}

const instructions: CheckDeclaration = {check: 'instructions', anew: ['RUN compile'], ...words};
for (const check of [exit, stdout, instructions]) {
	test(`a run that failed because the engine is gone is no failure of ${check.check}`, t => {
		t.is(judgeChecks([check], [run({exitCode: 1}), engineGone]).finding, 'engine-gone');
	});
}

test('what needs no engine is judged without one', t => {
	t.is(judgeChecks([exit, file], [engineGone, run(), dockerfile('AS test')]).verdict, 'passed');
});

test('the first check that does not hold gives the verdict', t => {
	const other = {...stdout, finding: 'other'};
	t.is(judgeChecks([exit, other, exists], [run({stdout: 'nothing'}), engineGone]).finding, 'other');
});

test('a command that failed as the engine went away is no fault of the learner’s', t => {
	t.is(judgeChecks([exit], [run({exitCode: 1}), engineGone]).finding, 'engine-gone');
	t.not(judgeChecks([file], [run({exitCode: 1}), engineGone, dockerfile('')]).finding, 'engine-gone');
});

test('what checks say when they pass is the reason, in their order', t => {
	const says = [{...exit, says: 'It ended.'}, exists, {...file, says: 'The file is there.'}];
	const facts = [run(), golang, dockerfile('AS test')];
	t.is(judgeChecks(says, facts).reason, 'It ended. The file is there.');
	t.is(judgeChecks(says, [run({exitCode: 1}), golang]).finding, words.finding);
	t.notRegex(judgeChecks(says, [run({exitCode: 1}), golang]).reason, /It ended\./);
});

test('the last of several that hold gives the reason', t => {
	t.regex(judgeChecks([exit, exists], [run(), golang]).reason, /golang/);
});
