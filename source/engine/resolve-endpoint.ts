import {ExecaError, execa} from 'execa';
import * as v from 'valibot';
import {locateProgram} from '../system/locate-program.js';
import {UserError} from '../text/user-error.js';
import {busyPatience} from './ask-engine.js';
import {describeTrouble} from './describe-trouble.js';
import {isLoopback, isOwnAddress} from './own-address.js';
import {askShim, type ShimFacts} from './podman.js';

/** How to reach a daemon: straight, or through the CLI, which knows ssh, TLS and contexts. */
export type Connection =
	| {via: 'socket'; socketPath: string}
	| {via: 'tcp'; host: string; port: number}
	| {via: 'dial-stdio'};

export type Endpoint = {
	/** The context in force: `default` too where `DOCKER_HOST` names the engine. */
	context: string;
	/** What keeps the docker command on this engine, whatever context is selected meanwhile. */
	environment: Record<string, string>;
	/** As the CLI names it. */
	endpoint: string;
	/** Whether the daemon runs on this machine. */
	local: boolean;
	/** Where its published ports are reached. */
	address: string;
	connection: Connection;
	/** The `docker` script of Podman led here. Left out: it did not. */
	byShim?: true;
};

const contextSchema = v.object({Name: v.string(), Host: v.string(), TLS: v.boolean()});

/**
 * The daemon that the CLI talks to: `DOCKER_HOST`, else `DOCKER_CONTEXT`, else the current context. Rejects with a
 * `UserError` when the CLI is not there or can't read the context.
 */
export const resolveEndpoint = async (env: Record<string, string>): Promise<Endpoint> => {
	const host = env.DOCKER_HOST;
	// The CLI takes any value for a yes, even 0.
	if (host) {
		const usesTls = Boolean(env.DOCKER_TLS || env.DOCKER_TLS_VERIFY);
		return {context: 'default', environment: {}, ...readHost(host, usesTls)};
	}
	const inspected = await inspectContext(env);
	if ('root' in inspected)
		return {context: 'default', environment: {}, ...shimAddress(inspected), byShim: true};
	const {Name, Host, TLS} = inspected;
	return {context: Name, environment: {DOCKER_CONTEXT: Name}, ...readHost(Host, TLS)};
};

/** What Podman's `docker` has instead of contexts, where it is Podman's. */
const inspectContext = async (
	env: Record<string, string>,
): Promise<v.InferOutput<typeof contextSchema> | ShimFacts> => {
	const format =
		'{"Name":{{json .Name}},"Host":{{json .Endpoints.docker.Host}},"TLS":{{if or .TLSMaterial .Endpoints.docker.SkipTLSVerify}}true{{else}}false{{end}}}';
	const options = {env, extendEnv: false, stdin: 'ignore', timeout: busyPatience} as const;
	try {
		const argv = ['context', 'inspect', '--format', format];
		const {stdout} = await execa(locateProgram('docker', env), argv, options);
		const shim = stdout.trim() === '' ? await askShim(env) : null;
		return shim ?? v.parse(contextSchema, JSON.parse(stdout));
	} catch (error) {
		throw contextTrouble(error, env.DOCKER_CONTEXT);
	}
};

const shimAddress = ({isRemote, socket}: ShimFacts): Address => {
	if (isRemote) {
		throw new UserError('The docker command of this machine is Podman, which works on another machine.', {
			next: 'set `DOCKER_HOST` to the socket of Podman that `podman machine inspect` names, and install Docker’s own `docker` command',
		});
	}
	const socketPath = socket.replace(/^unix:\/\//, '');
	return onSocket(`unix://${socketPath}`, socketPath);
};

/** `named`: the value of `DOCKER_CONTEXT`. */
const contextTrouble = (error: unknown, named: string | undefined): UserError => {
	const {reason, next} = describeTrouble(error, 'the current context');
	if (!(error instanceof ExecaError) || error.exitCode === undefined)
		return new UserError(reason, {next, cause: error});
	const words = String(error.stderr).trim().split('\n').at(-1) ?? '';
	const name = named || /context "([^"]+)"/i.exec(words)?.[1];
	const context = name ? `The Docker context \`${name}\`` : 'The current Docker context';
	const isGone = /not found|does not exist/.test(words);
	// The CLI of 20.10 lists and selects contexts only under one that is there.
	const list = '`docker --context default context ls` lists those that you have';
	return new UserError(isGone ? `${context} does not exist.` : `${context} can’t be read: ${words}.`, {
		next: named
			? `unset \`DOCKER_CONTEXT\`, or set it to another one: ${list}`
			: `select another one, for example with \`docker --context default context use default\`: ${list}`,
		cause: error,
	});
};

type Address = Omit<Endpoint, 'context' | 'environment'>;

const readHost = (host: string, usesTls: boolean): Address => {
	const [, scheme = 'tcp', rest = ''] = /^(?:(\w+):\/\/)?(.*)$/s.exec(host) ?? [];
	const endpoint = host.includes('://') ? host : `tcp://${host}`;
	if (scheme === 'unix') return onSocket(endpoint, rest || '/var/run/docker.sock');
	if (scheme === 'npipe') return onSocket(endpoint, rest || '//./pipe/docker_engine');
	const {hostname, port, path} = splitAddress(endpoint);
	const isLocal = scheme === 'tcp' && (isLoopback(hostname) || isOwnAddress(hostname));
	const isPlain = scheme === 'tcp' && !usesTls && path === '';
	return {
		endpoint,
		local: isLocal,
		address: hostname === 'localhost' ? '127.0.0.1' : hostname,
		connection: isPlain ? {via: 'tcp', host: hostname, port: port ?? 2375} : {via: 'dial-stdio'},
	};
};

const onSocket = (endpoint: string, socketPath: string): Address => ({
	endpoint,
	local: true,
	address: '127.0.0.1',
	connection: {via: 'socket', socketPath},
});

const splitAddress = (endpoint: string): {hostname: string; port: number | null; path: string} => {
	if (!URL.canParse(endpoint)) {
		throw new UserError(`The address of the Docker engine is not valid: ${endpoint}.`, {
			next: 'set `DOCKER_HOST` to an address like `unix:///var/run/docker.sock`, or unset it',
		});
	}
	const {hostname, port, pathname} = new URL(endpoint);
	return {
		hostname: hostname.replace(/^\[|\]$/g, '') || 'localhost',
		port: port ? Number(port) : null,
		path: pathname.replace(/^\/$/, ''),
	};
};
