import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import type {TestEngine} from '../engine/test-engine.js';
import {nodeUnderTest} from './built-program.js';
import {temporaryFolder} from './child-environment.js';
import {type CliResult, runCli} from './run-cli.js';

/**
 * Runs the built program in a container of an engine with the engine's socket, like people with tools in containers.
 * The container has only this machine's Node, libraries and curl. `socketOf`: the engine whose socket is mounted, if it
 * is another one. `flags`: for `docker run`.
 */
export const runInContainer = async (
	engine: TestEngine,
	args: string[],
	{flags = [], socketOf = engine}: {flags?: string[]; socketOf?: TestEngine} = {},
): Promise<CliResult> => {
	const home = temporaryFolder();
	const {DOCKER_HOST, DOCKER_CONFIG, PATH} = socketOf.env;
	const [bin = ''] = PATH.split(path.delimiter);
	const program = path.dirname(path.dirname(path.dirname(realpathSync(path.join(bin, 'docker')))));
	const shown = [
		'/usr',
		'/lib',
		'/lib64',
		process.cwd(),
		program,
		path.dirname(bin),
		path.dirname(nodeUnderTest),
	]
		.filter(folder => existsSync(folder))
		.filter((folder, index, all) => !all.some((other, at) => at !== index && folder.startsWith(`${other}/`)));
	const settings = {HOME: home, PATH, DOCKER_CONFIG, LANG: 'C.UTF-8', SHELL: '/bin/sh'};
	const through = [
		...['docker', 'run', '--rm', ...flags],
		...[...new Set(shown)].flatMap(folder => ['-v', `${folder}:${folder}:ro`]),
		// buildx writes its last use there.
		...['-v', `${DOCKER_CONFIG}:${DOCKER_CONFIG}`],
		...['-v', `${DOCKER_HOST.replace('unix://', '')}:/var/run/docker.sock`, '-v', `${home}:${home}`],
		...Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
		...['-w', home, 'alpine:3.13'],
	];
	return runCli(args, {through, env: engine.env, timeout: 300_000});
};
