import {writeFileSync} from 'node:fs';
import type {Socket} from 'node:net';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Fact} from '../../source/checks/model.js';
import {readCliVersions} from '../../source/engine/docker-cli.js';
import {createLiveEngine} from '../../source/engine/live-engine.js';
import {startFakeDaemon} from './fake-daemon.js';
import {temporaryFolder} from './temporary-folder.js';

const engineAt = (host: string) =>
	createLiveEngine({
		env: {DOCKER_HOST: host, PATH: process.env.PATH ?? ''},
		ledgerImageIds: () => [],
		stepContainerIds: () => [],
	});

const scope = {probePorts: true, stepId: null};

const reasonOf = ([fact]: Fact[]): string =>
	fact?.fact === 'engine-gone' ? fact.reason : `a fact of ${fact?.fact}`;

const isGone = test.macro(
	async (t: ExecutionContext, onConnection: (socket: Socket) => void, says: RegExp) => {
		const {host} = await startFakeDaemon(onConnection);
		const engine = engineAt(host);
		// One that hangs fails by this.
		t.timeout(60_000);
		const facts = await engine.facts(scope);
		t.is(facts.length, 1);
		t.regex(reasonOf(facts), says);
		t.true(reasonOf(facts).includes(host));
		await t.throwsAsync(engine.images(), {name: 'UserError', message: says});
	},
);

const afterRequest = (answer: string) => (socket: Socket) => socket.once('data', () => socket.end(answer));
const http = (body: string, head = '200 OK') =>
	afterRequest(
		`HTTP/1.1 ${head}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
	);

test.serial('a daemon that accepts and never answers does not hang us', isGone, () => {}, /does not answer/);
test.serial(
	'a body that never ends does not hang us',
	isGone,
	socket => socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ID":')),
	/does not answer/,
);
test.serial('one that cuts the connection off as it goes is told as gone', async t => {
	const fake = await startFakeDaemon(socket => socket.once('data', () => void fake.stop()));
	await t.throwsAsync(engineAt(fake.host).images(), {message: /^No Docker engine runs at unix:/});
});
test.serial('what is no HTTP', isGone, afterRequest('SSH-2.0-OpenSSH_9.2\r\n'), /can’t be used/);
test.serial('what is no JSON', isGone, http('<html>'), /does not answer like a Docker engine/);
test.serial('JSON that is no Docker', isGone, http('{"hello": 1}'), /does not answer like a Docker engine/);
test.serial(
	'a list that is none',
	isGone,
	socket =>
		socket.on('data', data => {
			const body = String(data).includes('/info')
				? '{"ID":"x","Name":"n","ServerVersion":"1.0.0"}'
				: '{"message":"no"}';
			socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
		}),
	/does not answer like a Docker engine/,
);
test.serial(
	'an error of the daemon',
	isGone,
	http('{"message":"the moon is full"}', '500 Internal Server Error'),
	/the moon is full/,
);
test.serial(
	'an API that is too new for us',
	isGone,
	http(
		'{"message":"client version 1.12 is too old. Minimum supported API version is 1.44"}',
		'400 Bad Request',
	),
	/too old.*1\.44/,
);
test.serial('a connection that is cut', isGone, socket => socket.destroy(), /can’t be used/);

test.serial('no daemon at all', async t => {
	const host = `unix://${temporaryFolder('none')}/d.sock`;
	t.regex(reasonOf(await engineAt(host).facts(scope)), /No Docker engine runs at unix:/);
	await t.throwsAsync(engineAt(host).identity(), {name: 'UserError'});
});

test.serial('no docker command', async t => {
	const engine = createLiveEngine({
		env: {PATH: '/nowhere'},
		ledgerImageIds: () => [],
		stepContainerIds: () => [],
	});
	await t.throwsAsync(engine.identity(), {name: 'UserError', message: /PATH/});
	t.regex(reasonOf(await engine.facts(scope)), /PATH/);
});

test.serial('a docker command that hangs is told as such, and not as an engine', async t => {
	const PATH = temporaryFolder('slow');
	writeFileSync(path.join(PATH, 'docker'), '#!/bin/sh\nexec /bin/sleep 60\n', {mode: 0o755});
	const error = await t.throwsAsync(readCliVersions({PATH}, 500), {name: 'UserError'});
	t.regex(error?.message ?? '', /^The docker command does not answer/);
});
