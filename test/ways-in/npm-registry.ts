import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {execa} from 'execa';
import {temporaryFolder} from '../tools/child-environment.js';
import {enginesCache} from '../tools/engines-cache.js';
import {findPort} from '../tools/find-port.js';

const packages = path.join(enginesCache, 'root', 'npm-registry', 'node_modules');

/** The packages that `test/ways-in/get-registry` has installed; null if it has not. */
export const findRegistryPackages = (): string | null => (existsSync(packages) ? packages : null);

/** A registry for npm packages that has nothing, and fetches nothing from others. */
export type NpmRegistry = {
	/** The address, with a slash at its end. */
	url: string;
	/** What makes npm publish there. */
	token: string;
	stop(): Promise<void>;
};

/** Starts Verdaccio on a free port of loopback. `from`: the packages that it is among. */
export const startNpmRegistry = async (from: string): Promise<NpmRegistry> => {
	const folder = temporaryFolder();
	writeFileSync(
		path.join(folder, 'config.yaml'),
		[
			'storage: ./storage',
			'auth: {htpasswd: {file: ./htpasswd}}',
			'uplinks: {}',
			"packages: {'**': {access: $all, publish: $authenticated}}",
			'web: {enable: false}',
			'log: {type: stdout, format: json, level: warn}',
		].join('\n'),
	);
	const url = `http://127.0.0.1:${await findPort()}/`;
	const program = path.join(from, 'verdaccio', 'bin', 'verdaccio');
	const running = execa('node', [program, '-c', 'config.yaml', '-l', new URL(url).host], {
		cwd: folder,
		reject: false,
		all: true,
	});
	while (!(await answers(url))) {
		if (running.exitCode !== null && running.exitCode !== undefined)
			throw new Error(`Verdaccio has ended:\n${(await running).all}`);
		await pause(50);
	}
	const answer = await fetch(`${url}-/user/org.couchdb.user:ada`, {
		method: 'PUT',
		headers: {'content-type': 'application/json'},
		body: JSON.stringify({name: 'ada', password: 'of-no-account'}),
	});
	const {token} = (await answer.json()) as {token: string};
	return {
		url,
		token,
		async stop() {
			running.kill();
			await running;
		},
	};
};

const answers = (url: string): Promise<boolean> =>
	fetch(url).then(
		() => true,
		() => false,
	);
