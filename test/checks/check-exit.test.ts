import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

const exit: CheckDeclaration = {check: 'exit', is: 0, ...words};
test('exit code as expected', passes, exit, [run()], /exit code 0\.$/);
test('another exit code', fails, exit, [run({exitCode: 3})], /exit code 3 instead of 0/);
test('cancelled', fails, exit, [run({exitCode: null})], /did not finish/);
test('not run yet', fails, exit, [], /has not run yet/);
test(
	'a build that failed in a stage',
	fails,
	exit,
	[run({exitCode: 1, failure: {stage: 'build', line: 9}})],
	/code 1 instead of 0: stage build failed at line 9 of the Dockerfile\.$/,
);
test(
	'a build that failed in a stage that has no line',
	fails,
	exit,
	[run({exitCode: 1, failure: {stage: 'build', line: null}})],
	/instead of 0: stage build failed\.$/,
);
test(
	'a Dockerfile that the builder could not read',
	fails,
	exit,
	[run({exitCode: 1, failure: {stage: null, line: 2}})],
	/instead of 0: it failed at line 2 of the Dockerfile\.$/,
);
test(
	'a build that failed somewhere',
	fails,
	exit,
	[run({exitCode: 1, failure: {stage: null, line: null}})],
	/instead of 0\.$/,
);

const nonzero: CheckDeclaration = {check: 'exit', is: 'nonzero', ...words};
test(
	'a command that fails as it should, however',
	passes,
	nonzero,
	[run({exitCode: 125})],
	/exit code 125\.$/,
);
test(
	'a command that should fail, and does not',
	fails,
	nonzero,
	[run()],
	/code 0, but it should have failed\.$/,
);
test('a command that should fail, cancelled', fails, nonzero, [run({exitCode: null})], /did not finish/);
