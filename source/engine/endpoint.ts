import {createHash} from 'node:crypto';
import {isIP} from 'node:net';
import {networkInterfaces} from 'node:os';
import {ExecaError, execa} from 'execa';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import type {EngineIdentity} from '../session/ports.js';
import {locateProgram} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {explainEngineError} from './errors.js';

/** How to reach a daemon: directly, or through the CLI, which handles ssh, TLS and contexts. */
export type Connection =
	| {via: 'socket'; socketPath: string}
	| {via: 'tcp'; host: string; port: number}
	| {via: 'dial-stdio'};

/** An engine that has not answered yet: the part of its identity that is known. */
export type Endpoint = Pick<EngineIdentity, 'context' | 'environment' | 'endpoint' | 'local' | 'address'> & {
	connection: Connection;
	/** Set if Podman's `docker` script led here. */
	byShim?: true;
};

const contextSchema = v.object({Name: v.string(), Host: v.string(), TLS: v.boolean()});

/**
 * The daemon that the CLI uses: `DOCKER_HOST`, else `DOCKER_CONTEXT`, else the current context. Rejects with a
 * `UserError` if there is no CLI, or if it can't read the context.
 */
export const resolveEndpoint = async (env: Record<string, string>): Promise<Endpoint> => {
	const host = env.DOCKER_HOST;
	// The CLI treats any value as true, even 0.
	if (host) {
		const usesTls = Boolean(env.DOCKER_TLS || env.DOCKER_TLS_VERIFY);
		return {context: 'default', environment: {}, ...parseHost(host, usesTls)};
	}
	const inspected = await inspectContext(env);
	if ('root' in inspected)
		return {context: 'default', environment: {}, ...shimAddress(inspected), byShim: true};
	const {Name, Host, TLS} = inspected;
	return {context: Name, environment: {DOCKER_CONTEXT: Name}, ...parseHost(Host, TLS)};
};

/** Reads the CLI's context or, if `docker` is Podman's, what Podman has instead. */
const inspectContext = async (env: Record<string, string>) => {
	const format =
		'{"Name":{{json .Name}},"Host":{{json .Endpoints.docker.Host}},"TLS":{{if or .TLSMaterial .Endpoints.docker.SkipTLSVerify}}true{{else}}false{{end}}}';
	try {
		const stdout = await askDocker(env, ['context', 'inspect', '--format', format]);
		const shim = stdout.trim() === '' ? await inspectShim(env) : null;
		return shim ?? v.parse(contextSchema, JSON.parse(stdout));
	} catch (error) {
		throw createContextError(error, env.DOCKER_CONTEXT);
	}
};

const shimAddress = ({isRemote, socket}: ShimFacts): Address => {
	if (isRemote) throw new UserError(messages.engine.podman.remote);
	const socketPath = socket.replace(/^unix:\/\//, '');
	return createSocketAddress(`unix://${socketPath}`, socketPath);
};

/** `named`: the value of `DOCKER_CONTEXT`. */
const createContextError = (error: unknown, named: string | undefined): UserError => {
	if (!(error instanceof ExecaError) || error.exitCode === undefined)
		return new UserError(explainEngineError(error, messages.engine.currentContext), {cause: error});
	const words = String(error.stderr).trim().split('\n').at(-1) ?? '';
	const name = named || (/context "([^"]+)"/i.exec(words)?.[1] ?? null);
	const say = messages.engine.context;
	const isGone = /not found|does not exist/.test(words);
	return new UserError(isGone ? say.gone(name) : say.unreadable(name, words), {
		next: named ? say.unset : say.select,
		cause: error,
	});
};

type Address = Omit<Endpoint, 'context' | 'environment'>;

const parseHost = (host: string, usesTls: boolean): Address => {
	const [, scheme = 'tcp', rest = ''] = /^(?:(\w+):\/\/)?(.*)$/s.exec(host) ?? [];
	const endpoint = host.includes('://') ? host : `tcp://${host}`;
	if (scheme === 'unix') return createSocketAddress(endpoint, rest || '/var/run/docker.sock');
	if (scheme === 'npipe') return createSocketAddress(endpoint, rest || '//./pipe/docker_engine');
	const {hostname, port, path} = parseAddress(endpoint);
	const isLocal = scheme === 'tcp' && (isLoopback(hostname) || isOwnAddress(hostname));
	const isPlain = scheme === 'tcp' && !usesTls && path === '';
	return {
		endpoint,
		local: isLocal,
		address: hostname === 'localhost' ? '127.0.0.1' : hostname,
		connection: isPlain ? {via: 'tcp', host: hostname, port: port ?? 2375} : {via: 'dial-stdio'},
	};
};

const createSocketAddress = (endpoint: string, socketPath: string): Address => ({
	endpoint,
	local: true,
	address: '127.0.0.1',
	connection: {via: 'socket', socketPath},
});

const parseAddress = (endpoint: string): {hostname: string; port: number | null; path: string} => {
	if (!URL.canParse(endpoint)) throw new UserError(messages.engine.invalidAddress(endpoint));
	const {hostname, port, pathname} = new URL(endpoint);
	return {
		hostname: hostname.replace(/^\[|\]$/g, '') || 'localhost',
		port: port ? Number(port) : null,
		path: pathname.replace(/^\/$/, ''),
	};
};

/**
 * Milliseconds for queries to a running engine: on a busy machine, it delays queries about a container that is starting
 * or stopping.
 */
export const busyTimeoutMs = 15_000;

/** Milliseconds for a ping: longer if it has to start the CLI, which may have to log in over ssh. */
export const getPingTimeoutMs = ({via}: Connection): number => (via === 'dial-stdio' ? busyTimeoutMs : 3000);

/**
 * Sends one request to the daemon, for at most `timeoutMs`: a socket may accept connections and never answer. On
 * timeout, rejects with the code `ETIMEDOUT`; the client itself closes the connection.
 */
export const withTimeout = async <Result>(ask: () => Promise<Result>, timeoutMs = 3000): Promise<Result> => {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			const error = new Error(messages.engine.noAnswerWithin(timeoutMs / 1000));
			reject(Object.assign(error, {code: 'ETIMEDOUT'}));
		}, timeoutMs);
	});
	try {
		return await Promise.race([ask(), late]);
	} finally {
		clearTimeout(timer);
	}
};

/** The parts of `docker version` that show which engine answers, and its version. */
export type DaemonVersion = {Version: string; Components?: Array<{Name: string}> | null};

/** The version of Podman, which answers like Docker; null if it is Docker. */
export const findPodmanVersion = ({Version, Components}: DaemonVersion): string | null =>
	(Components ?? []).some(({Name}) => Name === 'Podman Engine') ? Version : null;

/**
 * The version of Podman if `docker` is a script that calls it; null for Docker's own. `told`: by `docker --version`.
 */
export const findShimVersion = (told: string): string | null =>
	/^podman version (\S+)/m.exec(told)?.[1] ?? null;

/**
 * The ledger key of a Podman engine: its machine and its storage folder, of which each user has one. The ID that Podman
 * reports changes with every answer.
 */
export const createPodmanId = ({Name, DockerRootDir}: {Name: string; DockerRootDir: string}): string =>
	`podman-${createHash('sha256').update(`${Name}\n${DockerRootDir}`).digest('hex').slice(0, 32)}`;

/** Throws a `UserError` if the `docker` command is Podman's, but the selected engine is Docker's. */
export const requireMatchingCli = (
	cli: {podman?: string},
	{podman, endpoint}: {podman: string | null; endpoint: string},
): void => {
	if (cli.podman !== undefined && podman === null)
		throw new UserError(messages.engine.podman.notDockerCli(cli.podman, endpoint));
};

const factsSchema = v.object({
	isRemote: v.boolean(),
	socket: v.string(),
	/** Its storage folder. */
	root: v.string(),
});

/** The storage and socket of the Podman behind a `docker` script, which has neither contexts nor `DOCKER_HOST`. */
export type ShimFacts = v.InferOutput<typeof factsSchema>;

/** Queries Podman's `docker` script. Null if `docker` is Docker's own. Rejects if it doesn't answer. */
export const inspectShim = async (env: Record<string, string>): Promise<ShimFacts | null> => {
	if (findShimVersion(await askDocker(env, ['--version'])) === null) return null;
	const format =
		'{"isRemote":{{json .Host.ServiceIsRemote}},"socket":{{json .Host.RemoteSocket.Path}},"root":{{json .Store.GraphRoot}}}';
	return v.parse(factsSchema, JSON.parse(await askDocker(env, ['info', '--format', format])));
};

/** The output of a docker command. Rejects if it fails or takes longer than `timeoutMs`. */
export const askDocker = async (env: Record<string, string>, argv: string[], timeoutMs = busyTimeoutMs) => {
	const options = {env, extendEnv: false, stdin: 'ignore', timeout: timeoutMs} as const;
	return (await execa(locateProgram('docker', env), argv, options)).stdout;
};

/** Whether an IP address is one of this machine's. */
export const isOwnAddress = (address: string): boolean =>
	isLoopback(address) ||
	Object.values(networkInterfaces()).some(list => list?.some(one => one.address === address));

/** Whether a host name or an address always means this machine. */
export const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/** Maps a list, with at most 6 items at a time, so that requests don't flood the engine. */
export const mapLimited = async <Item, Result>(items: Item[], work: (item: Item) => Promise<Result>) => {
	const results: Result[] = [];
	const queue = items.entries();
	const worker = async (): Promise<void> => {
		for (const [index, item] of queue) results[index] = await work(item);
	};
	await Promise.all(Array.from({length: 6}, worker));
	return results;
};
