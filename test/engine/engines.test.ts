import {existsSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {temporaryFolder} from '../tools/child-environment.js';
import {engineTest, engineTests} from './engines.js';
import {listEngines} from './list-engines.js';
import {lockEngine} from './lock-engine.js';
import type {TestEngine} from './test-engine.js';

/** Those that are for tests; as many in front of them are for `-P`. */
const portsOf = ({id}: TestEngine) => listEngines().find(({name}) => name === id)?.ports ?? [0, 0];

const cacheSize = async (engine: TestEngine) =>
	/^Build Cache (.+)$/m.exec(await engine.docker('system', 'df', '--format', '{{.Type}} {{.Size}}'))?.[1] ??
	'';

engineTest('an engine begins with the stand-ins alone', async (t, engine) => {
	const images = await engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}');
	t.deepEqual(images.split('\n').sort(), ['alpine:3.13', 'golang:1.16.4-alpine']);
	t.is(await engine.docker('ps', '-aq'), '');
	t.true(existsSync(engine.env.DOCKER_HOST.replace('unix://', '')));
	t.regex(
		await engine.docker('version', '-f', '{{.Server.Version}}'),
		new RegExp(`^${Number.parseInt(engine.name, 10)}\\.`),
	);
});

engineTests((declare, name) => {
	declare('ports of tests and of `-P` are from the ranges of the engine', async (t, engine) => {
		const ports = [await engine.freePort(), await engine.freePort()];
		t.is(new Set(ports).size, 2);
		const run = ['run', '-d', '--expose', '80', '-p', `${ports[0]}:80`];
		await engine.docker(...run, '--name', 'given', 'alpine:3.13', 'sleep', '60');
		await engine.docker(
			'run',
			'-d',
			'-P',
			'--expose',
			'80',
			'--name',
			'chosen',
			'alpine:3.13',
			'sleep',
			'60',
		);
		const chosen = /:(\d+)/.exec(await engine.docker('port', 'chosen', '80'))?.[1];
		const [first, last] = portsOf(engine);
		t.true(
			ports.every(port => port >= first && port <= last),
			ports.join(),
		);
		t.true(Number(chosen) < first && Number(chosen) >= first - (last - first + 1), chosen);
	});

	declare('later tests of a group find what earlier ones made', async (t, engine) => {
		t.is(engine.name, name);
		t.deepEqual((await engine.docker('ps', '--format', '{{.Names}}')).split('\n').sort(), [
			'chosen',
			'given',
		]);
		const built = {
			env: {...engine.env, DOCKER_BUILDKIT: '1'},
			input: 'FROM alpine:3.13\nRUN echo built >/built\n',
		};
		await execa('docker', ['build', '-t', 'mine', '-'], built);
		t.regex(await cacheSize(engine), /[1-9]/);
		await engine.docker('rmi', 'golang:1.16.4-alpine');
	});
});

engineTest('a group leaves nothing to the next, whatever it made or removed', async (t, engine) => {
	t.is(await engine.docker('ps', '-aq'), '');
	t.is(await cacheSize(engine), '0B');
	const images = await engine.docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}');
	t.deepEqual(images.split('\n').sort(), ['alpine:3.13', 'golang:1.16.4-alpine']);
});

test.serial('a lock is held by one at a time, and given on', async t => {
	const file = path.join(temporaryFolder(), 'lock');
	const release = await lockEngine(file);
	t.is((await execa('flock', ['-n', file, 'true'], {reject: false})).exitCode, 1);
	const next = lockEngine(file);
	await release();
	await (await next)();
	t.is((await execa('flock', ['-n', file, 'true'], {reject: false})).exitCode, 0);
});
