import test from 'ava';
import {withoutNetwork} from '../../source/commands/run.js';
import type {LabFolder, Outcome, Runner, RunRequest} from '../../source/session/ports.js';

const dockerfile = 'FROM alpine:3.13 AS base\nFROM base\nRUN true\nFROM scratch\nCOPY --from=base / /\n';

const lab: Pick<LabFolder, 'read' | 'readShipped'> = {
	read: file => (file === 'simple/Dockerfile' ? dockerfile : null),
	readShipped: () => null,
};

/** What is started in the end, and how it ends. */
const start = async (
	argv: string[],
	images: string[],
): Promise<{started: string[] | null; outcome: Outcome; printed: string}> => {
	let started: string[] | null = null;
	let printed = '';
	const runner: Runner = {
		start(request, onEvent) {
			started = request.argv;
			onEvent({type: 'ended', outcome: {ended: 'exited', exitCode: 0, seconds: 1}});
		},
		kill() {},
	};
	const engine = {
		images: async () => ({ids: images, names: Object.fromEntries(images.map(name => [name, name]))}),
	};
	const request: RunRequest = {
		runId: '1',
		stepId: null,
		argv,
		cwd: '/lab',
		env: {},
		builder: argv[1] === 'build' ? 'buildkit' : null,
		format: argv[1] === 'build' ? 'rawjson' : null,
	} as RunRequest;
	const outcome = await new Promise<Outcome>(resolve => {
		withoutNetwork(runner, {engine, lab}).start(
			request,
			event => {
				if (event.type === 'output') printed += new TextDecoder().decode(event.bytes);
				if (event.type === 'ended') resolve(event.outcome);
			},
			new AbortController().signal,
		);
	});
	return {started, outcome, printed};
};

test('a build is told to have no network', async t => {
	const {started} = await start(['docker', 'build', '-t', 'simple', './simple'], ['alpine:3.13']);
	t.deepEqual(started, ['docker', 'build', '--network=none', '-t', 'simple', './simple']);
});

test('a build whose base image is not on the engine is not started: the engine would fetch it', async t => {
	const {started, outcome} = await start(['docker', 'build', '-t', 'simple', './simple'], ['alpine:3.14']);
	t.is(started, null);
	t.is(outcome.ended, 'could-not-start');
	t.regex(
		outcome.ended === 'could-not-start' ? outcome.message : '',
		/starts from alpine:3\.13, which is not/,
	);
});

test('what asks a registry is not started, and fails as docker does without a network', async t => {
	for (const verb of ['pull', 'push', 'search', 'login']) {
		const {started, outcome, printed} = await start(['docker', verb, 'alpine:3.13'], ['alpine:3.13']);
		t.is(started, null);
		t.like(outcome, {ended: 'exited', exitCode: 1});
		t.regex(printed, /the network is unreachable/);
	}
});

test('everything else runs as ever', async t => {
	for (const argv of [
		['docker', 'run', '-d', '-P', 'whoami'],
		['curl', 'localhost:80'],
		['docker', 'image', 'ls'],
	]) {
		t.deepEqual((await start(argv, [])).started, argv);
	}
});
