import {createServer} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {engineScript, isPodman, type ListedEngine, podmanScript} from './list-engines.js';

/** A private engine that a test has for itself. */
export type TestEngine = {
	name: string;
	/** What its script calls it: `26b` is another `26`. */
	id: string;
	/** `DOCKER_HOST`, `DOCKER_CONFIG`, and a `PATH` with this engine's own `docker` first. */
	env: {DOCKER_HOST: string; DOCKER_CONFIG: string; PATH: string};
	/** A host port from this engine's own range where nobody listens; never the same one twice. */
	freePort(): Promise<number>;
	/** Runs `docker` with these arguments; resolves with its stdout without the last newline, rejects when it fails. */
	docker(...args: string[]): Promise<string>;
	/** Loads more stand-ins of base images, such as `node:18-alpine`; the next `clean` removes them. */
	addStandIns(...images: string[]): Promise<void>;
	/** Removes all containers, images but the stand-ins, networks, volumes and the build cache. */
	clean(): Promise<void>;
};

const isFree = async (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, () => server.close(() => resolve(true)));
	});

const standIns = new Set(['alpine:3.13', 'golang:1.16.4-alpine']);

const words = (text: string) => text.split('\n').filter(Boolean);

/** Talks to one engine; its lock is the caller's business. */
export const createTestEngine = ({
	name: id,
	version: name,
	host,
	config,
	bin,
	ports: [first, last],
}: ListedEngine): TestEngine => {
	const env = {DOCKER_HOST: host, DOCKER_CONFIG: config, PATH: `${bin}${path.delimiter}${process.env.PATH}`};
	const docker = async (...args: string[]) => (await execa('docker', args, {env, stdin: 'ignore'})).stdout;
	const remove = async (command: string[], listed: string[]) => {
		if (listed.length > 0) await docker(...command, ...listed);
	};
	// From a place of its own, so that a port is not given to the next file while the system still holds it.
	let offset = process.pid;
	return {
		name,
		id,
		env,
		docker,
		async freePort() {
			for (let tried = first; tried <= last; tried++) {
				const port = first + (offset++ % (last - first + 1));
				if (await isFree(port)) return port;
			}
			throw new Error(`Engine ${id} has no free port from ${first} to ${last}.`);
		},
		async addStandIns(...images) {
			await execa(engineScript, ['images', id, ...images]);
		},
		async clean() {
			if (isPodman(id)) {
				await execa(podmanScript, ['clean', id]);
				return;
			}
			await remove(['rm', '-f', '-v'], words(await docker('ps', '-aq')));
			const names = words(await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'));
			await remove(
				['rmi', '-f'],
				names.filter(image => !image.includes('<none>') && !standIns.has(image)),
			);
			for (const what of ['image', 'network']) await docker(what, 'prune', '-f');
			// From 23 on, pruning leaves volumes that have a name.
			await remove(['volume', 'rm', '-f'], words(await docker('volume', 'ls', '-q')));
			await docker('builder', 'prune', '-a', '-f');
			await execa(engineScript, ['images', id]);
		},
	};
};
