import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {image, run} from './sample-facts.js';

const exists: CheckDeclaration = {check: 'image', image: 'golang:1.16.4-alpine', exists: true, ...words};
const golang = image('golang', {tags: ['golang:1.16.4-alpine'], bytes: 239_000_000, layers: ['a', 'b']});
const whoami = image('whoami', {layers: ['a', 'b', 'c']});
test('an image that is there', passes, exists, [golang, run()], /is on the engine/);
test(
	'an image that is there although the registry is out of reach',
	passes,
	exists,
	[golang, run({exitCode: 1, stderr: 'dial tcp: lookup registry-1.docker.io: no such host'})],
	/registry could not be reached/,
);
test(
	'an image that is there although the pull failed',
	passes,
	exists,
	[golang, run({exitCode: 1, stderr: 'toomanyrequests'})],
	/command failed, but/,
);
test('an image that is not there', fails, exists, [whoami, run()], /no image golang/);
test('another tag of an image', fails, exists, [image('golang')], /no image golang/);
test(
	'the same name at full length',
	passes,
	{...exists, image: 'docker.io/library/whoami'},
	[whoami],
	/is on the engine/,
);
const gone: CheckDeclaration = {check: 'image', image: 'whoami', exists: false, ...words};
test('an image that has gone', passes, gone, [golang], /no image whoami/);
test('an image that should have gone', fails, gone, [whoami], /still on the engine/);

const smaller: CheckDeclaration = {
	check: 'image',
	image: 'whoami',
	smallerThan: {image: 'golang:1.16.4-alpine', factor: 10},
	...words,
};
test('small enough', passes, smaller, [whoami, golang], /6\.57 MB.*239 MB.*36 times smaller/);
test(
	'the factor is rounded as on the screen',
	passes,
	smaller,
	[image('whoami', {bytes: 6_540_000}), golang],
	/37 times smaller/,
);
test(
	'just small enough',
	passes,
	smaller,
	[image('whoami', {bytes: 23_900_000}), golang],
	/10 times smaller/,
);
test(
	'not small enough',
	fails,
	smaller,
	[image('whoami', {bytes: 23_900_001}), golang],
	/not 10 times smaller/,
);
test('nothing to compare with', fails, smaller, [whoami], /no image golang:1\.16\.4-alpine to compare/);

const builtOn: CheckDeclaration = {
	check: 'image',
	image: 'whoami',
	builtOn: 'golang:1.16.4-alpine',
	...words,
};
test('built on another', passes, builtOn, [whoami, golang], /first layers/);
test(
	'not built on another',
	fails,
	builtOn,
	[image('whoami', {layers: ['x', 'a', 'b']}), golang],
	/does not begin/,
);
test(
	'fewer layers than its base',
	fails,
	builtOn,
	[image('whoami', {layers: ['a']}), golang],
	/does not begin/,
);
test(
	'small enough, and not built on another',
	fails,
	{...smaller, builtOn: 'golang:1.16.4-alpine'},
	[image('whoami'), golang],
	/does not begin/,
);
