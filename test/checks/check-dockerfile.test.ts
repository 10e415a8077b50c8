import test from 'ava';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';

const dockerfile = (stages: string[], needed: string[]): Fact[] => [
	{fact: 'dockerfile', path: 'app/Dockerfile', stages, needed},
];
const check: CheckDeclaration = {
	check: 'dockerfile',
	path: 'app/Dockerfile',
	stages: ['base'],
	unneeded: ['lint'],
	...words,
};

test(
	'a stage that nobody needs',
	passes,
	check,
	dockerfile(['base', 'lint', 'final'], ['base', 'final']),
	/the stages it should have/,
);
test('no such stage', fails, check, dockerfile(['base', 'final'], ['base', 'final']), /no stage lint/);
test(
	'a stage that another needs',
	fails,
	check,
	dockerfile(['base', 'lint', 'final'], ['base', 'lint', 'final']),
	/needs the stage lint, because another stage/,
);
test(
	'the last stage is what a plain build makes',
	fails,
	check,
	dockerfile(['base', 'lint'], ['base', 'lint']),
	/it is the last stage/,
);
test('a file that is no Dockerfile', fails, check, dockerfile([], []), /missing, or no builder/);
test('another file', fails, check, [], /missing, or no builder/);
