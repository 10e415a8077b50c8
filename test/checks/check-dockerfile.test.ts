import test from 'ava';
import {dockerfile as kind} from '../../source/checks/kinds/dockerfile.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';

const dockerfile = (stages: string[], needed: string[], named = stages): Fact[] => [
	{fact: 'dockerfile', path: 'app/Dockerfile', stages, needed, named, problem: null},
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
/** What the check says of a text. */
const says = test.macro((t, text: string | null, expected: string) => {
	const facts = kind.readLab?.(needing as never, () => text) ?? [];
	t.is(kind.judge(needing as never, facts), expected);
});
const missing = 'app/Dockerfile has no stage build.';
test('another name is named', says, 'FROM a AS builder\n', `${missing} It has one stage, \`builder\`.`);
test(
	'a name in the wrong line',
	says,
	'FROM a\nWORKDIR /src AS build\n',
	`${missing} Its only stage has no name.`,
);
test(
	'a name without AS',
	says,
	'FROM a build\n',
	'app/Dockerfile has no stage build, and a mistake in line 1: FROM requires either one or three arguments.',
);
test(
	'one name of two',
	says,
	'FROM a AS base\nFROM b\n',
	`${missing} Of its 2 stages, only \`base\` has a name.`,
);
test(
	'no FROM',
	says,
	'RUN x\n',
	'app/Dockerfile has a mistake in line 1: No source image provided with `FROM`.',
);
test('no file', says, null, 'app/Dockerfile is missing, or no builder can parse it.');
test('a file that is no Dockerfile', fails, check, dockerfile([], []), /missing, or no builder/);
test('another file', fails, check, [], /missing, or no builder/);
