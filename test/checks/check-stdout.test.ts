import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

const stdout: CheckDeclaration = {check: 'stdout', has: ['All tests'], lacks: ['FAIL'], ...words};
test('output with and without', passes, stdout, [run({stdout: 'All tests passed'})], /what was expected/);
test('output that lacks something', fails, stdout, [run({stdout: 'passed'})], /not contain `All tests`/);
test('output that has too much', fails, stdout, [run({stdout: 'All tests FAILED'})], /`FAIL`/);
test('stderr is not stdout', fails, stdout, [run({stderr: 'All tests'})], /not contain `All tests`/);
