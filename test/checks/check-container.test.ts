import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {container, image} from './sample-facts.js';

const running: CheckDeclaration = {
	check: 'container',
	name: 'mine',
	state: 'running',
	image: 'whoami',
	...words,
};
test('a container that runs', passes, running, [container()], /mine is running/);
test(
	'a container by an ID of the image',
	passes,
	running,
	[image('whoami'), container({image: 'sha256:whoami'})],
	/mine is running/,
);
test(
	'a container in another state',
	fails,
	running,
	[container({state: 'exited'})],
	/exited instead of running/,
);
test(
	'a container of another image',
	fails,
	running,
	[image('whoami'), container({image: 'nginx', imageId: 'sha256:nginx'})],
	/from the image nginx/,
);
test('no container of that name', fails, running, [container({name: 'other'})], /no container mine/);
