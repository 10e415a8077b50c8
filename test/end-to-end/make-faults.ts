import {chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {type AddressInfo, connect, createServer as createTcpServer, type Server} from 'node:net';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import type {TestEngine} from '../engine/test-engine.js';
import {nodeUnderTest} from '../tools/built-program.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {writeFiles} from '../tools/write-files.js';

/** A folder with programs of one's own, to stand first on the `PATH`. */
const folderWith = (programs: Record<string, string>): string => {
	const folder = temporaryFolder();
	for (const [name, script] of Object.entries(programs)) {
		writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
		chmodSync(path.join(folder, name), 0o755);
	}
	return folder;
};

/** The CLI of an engine. */
export const dockerOf = ({env}: TestEngine): string =>
	path.join(env.PATH.split(path.delimiter)[0] ?? '', 'docker');

/** An engine’s environment with programs of one's own before its CLI. */
export const withPrograms = (
	engine: TestEngine,
	programs: Record<string, string>,
): Record<string, string> => ({
	...engine.env,
	PATH: `${folderWith(programs)}${path.delimiter}${engine.env.PATH}`,
});

/** A folder for `DOCKER_CONFIG` with a buildx of one's own. */
export const configWith = (buildx: string): string => {
	const folder = temporaryFolder();
	mkdirSync(path.join(folder, 'cli-plugins'));
	cpSync(path.join(folderWith({buildx}), 'buildx'), path.join(folder, 'cli-plugins', 'docker-buildx'));
	return folder;
};

/** buildx as its first words tell it, older than it is. */
export const oldBuildx = ({env}: TestEngine): string => `
case "$*" in
	*docker-cli-plugin-metadata*) echo '{"SchemaVersion":"0.1.0","Vendor":"Docker Inc.","Version":"0.12.1"}' ;;
	*version*) echo 'github.com/docker/buildx 0.12.1 30feaa1' ;;
	*) exec ${env.DOCKER_CONFIG}/cli-plugins/docker-buildx "$@" ;;
esac`;

const listen = async (t: ExecutionContext, server: Server, at: string | number): Promise<number> => {
	await new Promise<void>(resolve => server.listen(at as string, resolve));
	t.teardown(() => server.close());
	return (server.address() as AddressInfo).port;
};

/** An engine that understands an API of another time: what has a version it refuses, the rest a real one answers. */
export const openOtherTimes = async (t: ExecutionContext, {env}: TestEngine): Promise<string> => {
	const message =
		'client version 1.45 is too old. Minimum supported API version is 1.99, please upgrade your client to a newer version';
	const pass = (asked: IncomingMessage, answer: ServerResponse) => {
		if (asked.url?.startsWith('/v1.')) {
			answer.writeHead(400, {'content-type': 'application/json'});
			return answer.end(JSON.stringify({message}));
		}
		const {method, url: path, headers} = asked;
		const socketPath = env.DOCKER_HOST.replace('unix://', '');
		const passed = request({socketPath, method, path, headers}, real => {
			answer.writeHead(real.statusCode ?? 500, real.headers);
			real.pipe(answer);
		});
		passed.on('error', () => answer.destroy());
		asked.pipe(passed);
	};
	const file = path.join(temporaryFolder(), 'd.sock');
	await listen(t, createServer(pass), file);
	return `unix://${file}`;
};

/** A port of this machine that leads to an engine. */
export const openForwarder = (t: ExecutionContext, {env}: TestEngine): Promise<number> =>
	listen(
		t,
		createTcpServer(socket => {
			const real = connect(env.DOCKER_HOST.replace('unix://', ''));
			real.on('error', () => socket.destroy());
			socket.on('error', () => real.destroy());
			socket.pipe(real).pipe(socket);
		}),
		0,
	);

/** A workshop of one command. */
export const workshopOf = (command: string, images: string[] = []): string => {
	const folder = temporaryFolder();
	writeFiles(folder, {
		'workshop.md': `---\nformat: 1\nid: one\ntitle: One\nminutes: 1\nimages: [${images.map(image => JSON.stringify(image)).join(', ')}]\ncontexts: []\n---\n`,
		'01-only.md': `# Only\n\n## Do it\n\n<!-- step\nid: do-it\nkind: run\nchecks:\n  - {check: exit, is: 0, finding: did-not-work, hint: It did not work.}\n-->\n\n\`\`\`sh run\n${command}\n\`\`\`\n`,
	});
	return folder;
};

/** In the place of ssh: whatever the machine is called, it is this one. */
export const sshTo = ({env}: TestEngine): string =>
	`while [ "$1" != docker ]; do shift; done\nDOCKER_HOST=${env.DOCKER_HOST} exec "$@"`;

/** An environment in which there are Node and docker, and nothing else. */
export const withoutCurl = (engine: TestEngine): Record<string, string> => {
	const folder = temporaryFolder();
	symlinkSync(nodeUnderTest, path.join(folder, 'node'));
	symlinkSync(dockerOf(engine), path.join(folder, 'docker'));
	return {...engine.env, PATH: folder};
};
