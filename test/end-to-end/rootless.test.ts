import {execFileSync} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {listEngines} from '../engine/list-engines.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';

const script = 'test/engine/rootless';
const isUp = execFileSync(script, ['status'], {encoding: 'utf8'}).trim() === 'up';
const title = 'by its context, a rootless engine is ready, builds everything, answers and is left clean';

/** The client of engine 26 and a `docker context use` of the rootless one, as its installer sets it up. */
const useContext = async (home: string): Promise<Record<string, string>> => {
	const engine = listEngines().find(({name}) => name === '26');
	if (!engine) throw new Error('The engine 26, whose client is used, is not known.');
	const DOCKER_CONFIG = path.join(home, '.docker');
	mkdirSync(path.join(DOCKER_CONFIG), {recursive: true});
	await execa('cp', ['-a', `${engine.config}/cli-plugins`, DOCKER_CONFIG]);
	const env = {DOCKER_CONFIG, PATH: `${engine.bin}:${process.env.PATH}`};
	const docker = (...args: string[]) =>
		execa('docker', args, {env: childEnvironment(home, env), extendEnv: false});
	const host = execFileSync(script, ['host'], {encoding: 'utf8'}).trim();
	await docker('context', 'create', 'rootless', '--docker', `host=${host}`);
	await docker('context', 'use', 'rootless');
	return env;
};

if (isUp) {
	test.serial(title, async t => {
		const place = {home: temporaryFolder(), cwd: temporaryFolder(), timeout: 500_000};
		const env = await useContext(place.home);
		const call = (...args: string[]) => runCli(args, {...place, env});
		const doctor = await call('doctor', '--json');
		t.is(doctor.exitCode, 0, doctor.stdout);
		const run = await call('run', '--yes', '--json');
		t.is(run.exitCode, 0, run.stdout);
		const {engine, passed} = JSON.parse(run.stdout);
		t.true(passed);
		t.regex(engine.endpoint, /run\/docker\.sock$/);
		// The last chapter has cleaned up: this is what the lab says then.
		const check = await call('check', '--json');
		t.is(check.exitCode, 1, check.stdout);
		t.is(JSON.parse(check.stdout).finding, 'no-image');
		const builds = await call('run', 'go-application', '--yes', '--json');
		t.is(builds.exitCode, 0, builds.stdout);
		const cleanup = await call('cleanup', '--yes', '--json');
		t.is(cleanup.exitCode, 0, cleanup.stdout);
		t.true(JSON.parse(cleanup.stdout).removed.some(({name}: {name: string}) => name === 'whoami1'));
		const {stdout} = await execa('docker', ['ps', '-aq'], {
			env: childEnvironment(place.home, env),
			extendEnv: false,
		});
		t.is(stdout, '');
	});
} else if (process.env.REQUIRE_ENGINES?.split(',').includes('26r')) {
	test.serial(title, t => t.fail(`The rootless engine is required but down: run \`${script} up\`.`));
} else {
	test.skip(`${title} (it is down: \`${script} up\`)`, () => {});
}
