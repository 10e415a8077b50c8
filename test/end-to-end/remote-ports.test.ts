import {mkdirSync} from 'node:fs';
import {type AddressInfo, createServer} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {engineTests} from '../engine/engines.js';
import {passTo} from '../engine/fake-daemon.js';
import type {TestEngine} from '../engine/test-engine.js';
import {buildWhoami, imageId} from '../lab-states/lab-images.js';
import {atExit} from '../tools/at-exit.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {sshTo, withPrograms} from './make-faults.js';

/** The engine behind a TCP port of an address that is not the usual one; resolves with its `DOCKER_HOST`. */
const forward = async ({env}: TestEngine): Promise<string> => {
	const server = createServer(passTo(env.DOCKER_HOST));
	atExit(() => server.close());
	await new Promise<void>(resolve => server.listen(0, '127.0.0.3', resolve));
	return `tcp://127.0.0.3:${(server.address() as AddressInfo).port}`;
};

const check = async (env: Record<string, string>) => {
	const {stdout, stderr, exitCode} = await runCli(['check', '--json'], {env});
	return {...JSON.parse(stdout || '{}'), exitCode, stderr};
};

engineTests(declare => {
	let host = '';
	declare('whoami is built', async (t, engine) => {
		t.regex(await buildWhoami(engine), imageId);
		host = await forward(engine);
	});

	declare('DOCKER_HOST with tcp: ports are asked at its address', async (t, {env, docker, freePort}) => {
		// Nowhere else is it published, so that no other address would do.
		const id = await docker(
			'run',
			'-d',
			'-p',
			`127.0.0.3:${await freePort()}:5000`,
			'whoami',
			'-port',
			'5000',
		);
		t.like(await check({...env, DOCKER_HOST: host}), {verdict: 'passed', exitCode: 0});
		await docker('rm', '-f', id);
		const wrong = await docker('run', '-d', '-P', 'whoami', '-port', '5000');
		t.like(await check({...env, DOCKER_HOST: host}), {finding: 'published-wrong-port', exitCode: 1});
		await docker('rm', '-f', wrong);
	});

	declare('the shown curl asks the engine’s address', async (t, {env}) => {
		const home = temporaryFolder();
		const there = {home, env: {...env, DOCKER_HOST: host}};
		const {stdout} = await runCli(['run', 'go-application', '--yes', '--json'], there);
		await runCli(['cleanup', '--yes'], there);
		const {chapters} = JSON.parse(stdout);
		const curl = chapters[0].steps.find(({id}: {id: string}) => id === 'curl-whoami');
		t.is(curl.verdict, 'passed', curl.reason);
		t.regex(curl.command, /^curl 127\.0\.0\.3:\d+$/);
	});

	declare('a context: the same', async (t, engine) => {
		const {DOCKER_HOST: _, ...env} = engine.env;
		const config = path.join(temporaryFolder(), 'config');
		mkdirSync(config);
		const inContext = {...env, DOCKER_CONFIG: config};
		await execa('docker', ['context', 'create', 'far', '--docker', `host=${host}`], {env: inContext});
		const port = await engine.freePort();
		const id = await engine.docker('run', '-d', '-p', `${port}:5000`, 'whoami', '-port', '5000');
		const document = await check({...inContext, DOCKER_CONTEXT: 'far'});
		t.like(document, {verdict: 'passed', exitCode: 0}, document.stderr);
		await engine.docker('rm', '-f', id);
	});

	declare('what can’t be reached from here is unknown, and nobody’s fault', async (t, engine) => {
		const env = {...withPrograms(engine, {ssh: sshTo(engine)}), DOCKER_HOST: 'ssh://ann@far.example'};
		const id = await engine.docker('run', '-d', '-p', '5000', 'whoami', '-port', '5000');
		const passed = {at: '2026-01-01T00:00:00.000Z', finding: 'passed'};
		const home = beginAt('lab-port', {passed: {'build-whoami': passed}});
		const terminal = openTerminal({env, home, rows: 36});
		await terminal.waitFor(/engine \d\d\./);
		terminal.press(keys.enter);
		await terminal.waitFor(/\? unknown: Host port[\s\S]*far\.example:\d+ says/);
		t.notRegex(terminal.screen().join('\n'), /✖ failed|✔ passed/);
		terminal.kill('SIGKILL');
		await terminal.exited;
		await engine.docker('rm', '-f', id);
	});
});
