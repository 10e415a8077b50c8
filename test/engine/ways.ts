import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import path from 'node:path';
import {createServer as createTlsServer} from 'node:tls';
import type {ExecutionContext} from 'ava';
import {execa} from 'execa';
import {temporaryFolder} from '../tools/child-environment.js';
import type {TestEngine} from './test-engine.js';

/** A way in which a learner's docker command comes to its engine. */
export type Way = {
	title: string;
	/** Left out: with and without buildx. */
	needs?: 'buildx';
	/** What `doctor` says about the engine or the builder. */
	says: RegExp;
	/** The environment in which docker commands go this way; what serves it ends with the test. */
	open(engine: TestEngine, t: ExecutionContext): Promise<Record<string, string>>;
};

/** The environment without `DOCKER_HOST`, in a `DOCKER_CONFIG` of its own with the engine's buildx. */
export const withoutHost = ({env: {DOCKER_HOST: _, ...env}}: TestEngine): Record<string, string> => {
	const DOCKER_CONFIG = temporaryFolder();
	mkdirSync(path.join(DOCKER_CONFIG, 'cli-plugins'));
	symlinkSync(
		path.join(env.DOCKER_CONFIG, 'cli-plugins', 'docker-buildx'),
		path.join(DOCKER_CONFIG, 'cli-plugins', 'docker-buildx'),
	);
	return {...env, DOCKER_CONFIG};
};

/** Runs `docker` in an environment, without one of this process. Rejects when it fails. */
export const dockerIn = async (env: Record<string, string>, ...args: string[]): Promise<string> =>
	(await execa('docker', args, {env, extendEnv: false, stdin: 'ignore'})).stdout;

/** Makes a context that leads to an engine; resolves with an environment that has it, and in which none is selected. */
export const withContext = async (
	engine: TestEngine,
	name: string,
	endpoint = `host=${engine.env.DOCKER_HOST}`,
): Promise<Record<string, string>> => {
	const env = withoutHost(engine);
	await dockerIn(env, 'context', 'create', name, '--docker', endpoint);
	return env;
};

/** The same, with that context in `DOCKER_CONTEXT`. */
export const inContext = async (
	...made: Parameters<typeof withContext>
): Promise<Record<string, string>> => ({
	...(await withContext(...made)),
	DOCKER_CONTEXT: made[1],
});

/** `docker run` ends its half of a connection while it still reads the output. */
const halfOpen = {allowHalfOpen: true};

/** Passes every connection on to an engine's socket; resolves with the port of 127.0.0.1 where it listens. */
const serve = async (
	t: ExecutionContext,
	{env}: TestEngine,
	createListener: (pass: (socket: Socket) => void) => Server,
): Promise<number> => {
	const server = createListener(socket => {
		const real = connect({path: env.DOCKER_HOST.replace('unix://', ''), ...halfOpen});
		real.on('error', () => socket.destroy());
		socket.on('error', () => real.destroy());
		socket.pipe(real).pipe(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	t.teardown(() => server.close());
	return (server.address() as AddressInfo).port;
};

/** An authority, and certificates that it has signed for a server at 127.0.0.1 and for a client. */
const makeCertificates = (): string => {
	const folder = temporaryFolder();
	const openssl = (...args: string[]) => execFileSync('openssl', args, {cwd: folder, stdio: 'ignore'});
	const key = ['-newkey', 'rsa:2048', '-nodes'];
	openssl('req', '-x509', ...key, '-keyout', 'ca-key.pem', '-out', 'ca.pem', '-subj', '/CN=authority');
	for (const [name, use] of [
		['server', 'serverAuth'],
		['client', 'clientAuth'],
	] as const) {
		writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName=IP:127.0.0.1\nextendedKeyUsage=${use}\n`);
		openssl('req', ...key, '-keyout', `${name}-key.pem`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
		const signing = ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial', '-extfile', `${name}.ext`];
		openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.pem`);
	}
	return folder;
};

const openTlsContext = async (engine: TestEngine, t: ExecutionContext): Promise<Record<string, string>> => {
	const folder = makeCertificates();
	const file = (name: string) => path.join(folder, name);
	const read = (name: string) => readFileSync(file(name));
	const port = await serve(t, engine, pass =>
		createTlsServer(
			{
				...halfOpen,
				ca: read('ca.pem'),
				cert: read('server.pem'),
				key: read('server-key.pem'),
				requestCert: true,
				rejectUnauthorized: true,
			},
			pass,
		),
	);
	const files = `ca=${file('ca.pem')},cert=${file('client.pem')},key=${file('client-key.pem')}`;
	return inContext(engine, 'with-tls', `host=tcp://127.0.0.1:${port},${files}`);
};

const createContainerBuilder = async (env: Record<string, string>): Promise<void> => {
	await dockerIn(env, 'buildx', 'create', '--name', 'mine', '--driver', 'docker-container', '--use');
};

/** All ways but those that need programs of their own. The name of the first context is Docker Desktop's. */
export const ways: Way[] = [
	{
		title: 'a selected context',
		says: /answers at unix:\/\/\S+, through the context `desktop-linux`/,
		async open(engine) {
			const env = await withContext(engine, 'desktop-linux');
			await dockerIn(env, 'context', 'use', 'desktop-linux');
			return env;
		},
	},
	{
		title: 'DOCKER_CONTEXT, a name with capitals, dots, dashes and plus',
		says: /through the context `My\.engine-1\+x`/,
		open: engine => inContext(engine, 'My.engine-1+x'),
	},
	{
		title: 'DOCKER_HOST with a socket, before a context that is selected',
		says: /answers at unix:\/\/\S+\.(?! It)/,
		async open(engine) {
			const env = await withContext(engine, 'elsewhere', 'host=unix:///nowhere.sock');
			await dockerIn(env, 'context', 'use', 'elsewhere');
			return {...env, DOCKER_HOST: engine.env.DOCKER_HOST, DOCKER_CONTEXT: 'elsewhere'};
		},
	},
	{
		title: 'DOCKER_HOST with a port of this machine',
		says: /answers at tcp:\/\/127\.0\.0\.1:\d+\./,
		open: async (engine, t) => ({
			...withoutHost(engine),
			DOCKER_HOST: `tcp://127.0.0.1:${await serve(t, engine, pass => createServer(halfOpen, pass))}`,
		}),
	},
	{
		title: 'a context with TLS',
		says: /answers at tcp:\/\/127\.0\.0\.1:\d+, through the context `with-tls`/,
		open: openTlsContext,
	},
	{
		title: 'a context, with a builder in a container selected',
		needs: 'buildx',
		says: /own builder desktop-linux\. The workshop ignores the builder mine, .*docker-container/,
		async open(engine) {
			const env = await inContext(engine, 'desktop-linux');
			await createContainerBuilder(env);
			return env;
		},
	},
	{
		title: 'a context, with another builder in BUILDX_BUILDER',
		needs: 'buildx',
		says: /own builder desktop-linux\. The workshop ignores the builder mine/,
		async open(engine) {
			const env = await inContext(engine, 'desktop-linux');
			await createContainerBuilder(env);
			await dockerIn(env, 'buildx', 'use', 'desktop-linux');
			return {...env, BUILDX_BUILDER: 'mine'};
		},
	},
];
