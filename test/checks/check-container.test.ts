import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {ContainerFact, Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {container, engine, image, now} from './sample-facts.js';

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

const about = (wanted: object): CheckDeclaration => ({check: 'container', name: 'mine', ...wanted, ...words});
const old = {startedAt: now - 61_000};
const young = {startedAt: now - 1000};
const on = (change: Partial<ContainerFact>): Fact[] => [engine(), container(change)];

const holds: Array<[string, object, Partial<ContainerFact>, RegExp]> = [
	[
		'a healthy container',
		{health: 'healthy'},
		{health: 'healthy'},
		/health of the container mine is healthy/,
	],
	['no health check', {health: 'none'}, {health: 'none'}, /is none/],
	[
		'a log',
		{logs: {has: ['ready'], lacks: ['error'], matches: '^port \\d+$'}},
		{log: 'ready\nport 80'},
		/log .* is as expected/,
	],
	['a network', {networks: ['front']}, {networks: ['back', 'front']}, /mine is in the network front/],
	['two networks', {networks: ['front', 'back']}, {networks: ['back', 'front']}, /networks front and back/],
	['a volume', {volumes: ['data']}, {volumes: ['data']}, /uses the volume data/],
	[
		'all at once',
		{state: 'running', health: 'healthy', volumes: ['data']},
		{health: 'healthy', volumes: ['data']},
		/healthy/,
	],
];
for (const [title, wanted, change, says] of holds) {
	test(title, passes, about(wanted), on(change), says);
}
const breaks: Array<[string, object, Partial<ContainerFact>, RegExp]> = [
	['a sick container', {health: 'healthy'}, {health: 'unhealthy'}, /is unhealthy instead of healthy/],
	['a health check that is missing', {health: 'healthy'}, {health: 'none'}, /has no health check/],
	[
		'a health check that says nothing for a minute',
		{health: 'healthy'},
		{health: 'starting', ...old},
		/is starting instead/,
	],
	[
		'a stopped container without health',
		{health: 'healthy'},
		{health: 'starting', state: 'exited', ...young},
		/is starting instead/,
	],
	[
		'a log that lacks something',
		{logs: {has: ['ready']}},
		{log: 'no', ...old},
		/log of the container mine does not contain `ready`/,
	],
	[
		'a log that says too much',
		{logs: {has: ['ready'], lacks: ['error']}},
		{log: 'error', ...young},
		/does not contain `ready`/,
	],
	[
		'a log without a match',
		{logs: {matches: '^x$'}},
		{log: 'xx', state: 'exited', ...young},
		/nothing that matches `\^x\$`/,
	],
	['another network', {networks: ['front']}, {networks: ['back']}, /is not in the network front/],
	['another volume', {volumes: ['data']}, {volumes: []}, /volume data is not mounted/],
];
for (const [title, wanted, change, says] of breaks) {
	test(title, fails, about(wanted), on(change), says);
}
for (const [title, wanted, change, finding] of [
	[
		'a health check that has not ended is waited for',
		{health: 'healthy'},
		{health: 'starting', ...young},
		'waiting',
	],
	['a log of a young container is waited for', {logs: {has: ['ready']}}, {log: '', ...young}, 'waiting'],
	['unknown health', {health: 'healthy'}, {}, 'unclear'],
	['an unknown log', {logs: {has: ['ready']}}, {}, 'unclear'],
	['unknown networks', {networks: ['front']}, {}, 'unclear'],
	['unknown volumes', {volumes: ['data']}, {}, 'unclear'],
] as const) {
	test(`${title} makes no failure`, t => {
		t.like(judgeChecks([about(wanted)], on(change)), {verdict: 'unknown', finding});
	});
}
