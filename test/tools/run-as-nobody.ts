import {chmodSync, cpSync, mkdirSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {execa} from 'execa';
import {nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import type {CliResult} from './run-cli.js';

/** Runs the built program as the user nobody, with an engine socket that only root may use. Requires root. */
export const runAsNobody = async (
	t: ExecutionContext,
	args: string[],
	env: Record<string, string>,
): Promise<CliResult> => {
	const folder = temporaryFolder();
	const home = path.join(folder, 'home');
	mkdirSync(home);
	for (const one of [folder, home]) chmodSync(one, 0o777);
	// The user nobody may be unable to read the project's folder.
	for (const part of ['distribution', 'workshops', 'package.json']) {
		cpSync(part, path.join(folder, part), {recursive: true});
	}
	const socket = path.join(folder, 'docker.sock');
	const server = createServer().listen(socket);
	t.teardown(() => server.close());
	await new Promise(resolve => server.once('listening', resolve));
	chmodSync(socket, 0o600);
	const {
		stdout,
		stderr,
		exitCode = -1,
	} = await execa(nodeUnderTest, [path.join(folder, 'distribution', 'cli.js'), ...args], {
		cwd: home,
		env: childEnvironment(home, {...env, DOCKER_HOST: `unix://${socket}`}),
		extendEnv: false,
		uid: 65_534,
		gid: 65_534,
		reject: false,
	});
	return {stdout, stderr, exitCode};
};
