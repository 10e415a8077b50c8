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

const needing: CheckDeclaration = {check: 'dockerfile', path: 'app/Dockerfile', needed: ['build'], ...words};

test(
	'a stage that the last one uses',
	passes,
	needing,
	dockerfile(['build', 'final'], ['build', 'final']),
	/the stages it should have/,
);
test(
	'a stage that the last one should use',
	fails,
	needing,
	dockerfile(['build', 'final'], ['final']),
	/neither starts from the stage build nor copies from it/,
);
test(
	'a stage that should be used and is the last one itself',
	fails,
	needing,
	dockerfile(['build'], ['build']),
	/build is the last one in app\/Dockerfile, so all of it is the image/,
);
test('no such stage to use', fails, needing, dockerfile(['final'], ['final']), /no stage build/);
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
