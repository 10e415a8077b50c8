import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {parseDockerCommand} from '../../source/docker/command.js';
import {
	createSimulatedEngine,
	describeEngine,
	simulateCommand,
} from '../../source/simulate/simulated-engine.js';
import {words} from '../checks/judges-check.js';
import {container, engine, image} from '../checks/sample-facts.js';

const recorded: Fact[] = [
	engine(),
	image('whoami'),
	container({networks: ['bridge']}),
	{fact: 'objects', networks: ['bridge', 'old'], volumes: ['data']},
];

const files = {read: () => null, readShipped: () => null, isChanged: () => false};

/** The facts after these commands have been read. */
const after = (lines: string[]): Fact[] => {
	let simulated = createSimulatedEngine(recorded, []);
	for (const line of lines) {
		const docker = parseDockerCommand(line.split(' '));
		if (docker) simulated = simulateCommand(simulated, {docker, build: null}, files).engine;
	}
	return describeEngine(simulated, []);
};

const network = (name: string, exists = true): CheckDeclaration => ({
	check: 'network',
	name,
	exists,
	...words,
});
const attached = (...networks: string[]): CheckDeclaration => ({
	check: 'container',
	name: 'mine',
	networks,
	...words,
});

const rows: Array<[string, CheckDeclaration, string[], string]> = [
	['a network of the recording', network('old'), [], 'passed'],
	['a network that was read', network('front'), ['docker network create front'], 'passed'],
	['a network that was removed', network('old', false), ['docker network rm old'], 'passed'],
	['a network that nobody made', network('front'), [], words.finding],
	[
		'a container that was connected',
		attached('bridge', 'front'),
		['docker network create front', 'docker network connect front mine'],
		'passed',
	],
	['a container that was not connected', attached('front'), ['docker network create front'], words.finding],
	['a volume', {check: 'volume', name: 'data', ...words}, [], 'unclear'],
	['health', {check: 'container', name: 'mine', health: 'healthy', ...words}, [], 'unclear'],
	['a log', {check: 'container', name: 'mine', logs: {has: ['x']}, ...words}, [], 'unclear'],
];
for (const [title, check, lines, finding] of rows) {
	test(`${title} gets ${finding} by reading`, t => {
		const verdict = judgeChecks([check], after(lines));
		t.is(verdict.finding, finding);
		t.regex(verdict.reason, /Judged by reading your command/);
	});
}
