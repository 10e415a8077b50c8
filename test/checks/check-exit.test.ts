import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/model.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

const exit: CheckDeclaration = {check: 'exit', is: 0, ...words};
test('exit code as expected', passes, exit, [run()], /exit code 0\.$/);
test('another exit code', fails, exit, [run({exitCode: 3})], /exit code 3 instead of 0/);
test('cancelled', fails, exit, [run({exitCode: null})], /did not run to its end/);
test('not run yet', fails, exit, [], /has not run yet/);
