import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {engineOf} from './live-engines.js';
import {temporaryFolder} from './temporary-folder.js';

/** A daemon that tells this version, and a docker command that writes down what it is asked. */
const open = async (t: ExecutionContext, cli: {version: string; buildx: string | null}) => {
	const daemon = {version: '26.1.5', fails: false};
	const server = createServer(({url = ''}, response) => {
		response.writeHead(daemon.fails ? 500 : 200, {'Content-Type': 'application/json'});
		const info = {ID: 'one', OSType: 'linux', Architecture: 'x86_64', ServerVersion: daemon.version};
		response.end(JSON.stringify(url.endsWith('/info') ? info : {ApiVersion: '1.45'}));
	});
	const folder = temporaryFolder('cli');
	const socket = path.join(folder, 'd.sock');
	await new Promise<void>(resolve => server.listen(socket, resolve));
	t.teardown(() => server.close());
	const log = path.join(folder, 'asked');
	const buildx = cli.buildx === null ? 'exit 1' : `echo ${cli.buildx}`;
	writeFileSync(
		path.join(folder, 'docker'),
		`#!/bin/sh\necho "$@" >>${log}\n[ "$1" != buildx ] || { ${buildx}; exit; }\necho ${cli.version}\n`,
		{mode: 0o755},
	);
	const engine = engineOf({DOCKER_HOST: `unix://${socket}`, PATH: `${folder}:${process.env.PATH}`});
	return {
		daemon,
		identity: engine.identity,
		/** How often the command was started since the last call. */
		starts() {
			const {length} = readFileSync(log, 'utf8').split('\n').slice(1);
			writeFileSync(log, '');
			return length;
		},
	};
};

const whole = {version: '26.1.5', buildx: '0.13.1'};

for (const [title, cli, again] of [
	['a docker command with buildx is asked once', whole, 0],
	['one with BuildKit inside is asked once', {version: '20.10.24', buildx: null}, 0],
	['one without buildx is asked each time: a learner may install it', {...whole, buildx: null}, 3],
] as const)
	test.serial(title, async t => {
		const {identity, starts} = await open(t, cli);
		const first = await identity();
		t.like(first, {version: '26.1.5', cli});
		t.is(starts(), 3);
		t.deepEqual(await identity(), first);
		t.is(starts(), again);
	});

test.serial('an engine that was updated is tried with the docker command again', async t => {
	const {daemon, identity, starts} = await open(t, whole);
	await identity();
	starts();
	daemon.version = '28.0.0';
	t.is((await identity()).version, '28.0.0');
	t.is(starts(), 3);
});

test.serial('so is one that has failed meanwhile', async t => {
	const {daemon, identity, starts} = await open(t, whole);
	await identity();
	daemon.fails = true;
	await t.throwsAsync(identity(), {name: 'UserError'});
	daemon.fails = false;
	starts();
	await identity();
	t.is(starts(), 3);
});
