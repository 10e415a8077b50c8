import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {ExecaError, execa} from 'execa';
import {messages} from '../messages/index.js';
import {locateProgram, signalProcessTree} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {askDocker, findShimVersion} from './endpoint.js';
import {explainEngineError} from './errors.js';

/** Milliseconds: on a busy machine, a docker command starts slowly, and nothing runs without it. */
const commandTimeoutMs = 30_000;

/**
 * The versions of the CLI and of buildx (null without it); `podman`: set if the CLI is Podman's. Asks no daemon, so it
 * is fast. Rejects with a `UserError` if there is no CLI, or if it takes longer than `timeoutMs`.
 */
export const readCliVersions = async (
	env: Record<string, string>,
	timeoutMs = commandTimeoutMs,
): Promise<{version: string; buildx: string | null; podman?: string}> => {
	// If its context is missing, CLI 20.10 doesn't even report its version.
	const anyContext = {...env, DOCKER_CONTEXT: 'default'};
	// A CLI without buildx exits with 1; a timeout says nothing about buildx.
	const buildx = askDocker(anyContext, ['buildx', 'version'], timeoutMs).then(findVersion, error => {
		if (error instanceof ExecaError && error.timedOut) throw error;
		return null;
	});
	try {
		const [stdout, found] = await Promise.all([askDocker(anyContext, ['--version'], timeoutMs), buildx]);
		const podman = findShimVersion(stdout);
		// Podman's `buildx` is Buildah.
		if (podman !== null) return {version: podman, buildx: null, podman};
		return {version: findVersion(stdout) ?? stdout.trim(), buildx: found};
	} catch (error) {
		// The engine can't be the cause: it was not asked.
		const isLate = error instanceof ExecaError && error.timedOut;
		throw new UserError(
			isLate ? messages.engine.silentCli : explainEngineError(error, messages.engine.currentContext),
			{cause: error},
		);
	}
};

/**
 * Makes the CLI contact its daemon: it rejects some daemon versions that we can use. Rejects with a `UserError` if that
 * fails or takes longer than `timeoutMs`.
 */
export const verifyCli = async (
	env: Record<string, string>,
	endpoint: string,
	timeoutMs = commandTimeoutMs,
): Promise<void> => {
	try {
		await askVersion(env, timeoutMs);
	} catch (error) {
		const problem = (await isProxied(env, endpoint, timeoutMs))
			? messages.engine.throughProxy(endpoint, new URL(endpoint).hostname)
			: explainEngineError(error, endpoint);
		throw new UserError(problem, {cause: error});
	}
};

const askVersion = (env: Record<string, string>, timeoutMs: number) =>
	askDocker(env, ['version', '--format', '{{.Server.Version}}'], timeoutMs);

/**
 * Whether a proxy in the environment keeps the CLI from an engine that we have reached. The CLI uses it for every
 * engine but a local one, and its message may say that no engine is running there.
 */
const isProxied = async (
	env: Record<string, string>,
	endpoint: string,
	timeoutMs: number,
): Promise<boolean> => {
	const isMeant = endpoint.startsWith('tcp:') && Object.keys(env).some(name => /^https?_proxy$/i.test(name));
	return (
		isMeant &&
		askVersion({...env, NO_PROXY: '*', no_proxy: '*'}, timeoutMs).then(
			() => true,
			() => false,
		)
	);
};

/** Examples: `Docker version 26.1.5+dfsg1, build a72d7cd`, `github.com/docker/buildx v0.29.1-desktop.1 …` */
const findVersion = (text: string): string | null => /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(text)?.[0] ?? null;

/** The output of a docker command; `exitCode` is null if it timed out. */
export type DockerOutput = {stdout: string; stderr: string; exitCode: number | null};

/**
 * Runs a docker command for at most `timeoutMs`. Resolves even if the command fails. Rejects if there is no docker
 * command.
 */
export const runDocker = async (
	argv: string[],
	{
		env,
		timeoutMs,
		input = '',
		cwd,
	}: {env: Record<string, string>; timeoutMs: number; input?: string; cwd?: string},
): Promise<DockerOutput> => {
	// A group of its own: otherwise, the CLI's buildx outlives it and keeps its output open.
	const isLeader = process.platform !== 'win32';
	const child = execa(locateProgram('docker', env), argv, {
		env,
		extendEnv: false,
		input,
		...(cwd !== undefined && {cwd}),
		reject: false,
		detached: isLeader,
	});
	const end = (): void => {
		if (child.pid !== undefined) signalProcessTree({pid: child.pid, isLeader}, 'SIGKILL');
	};
	const over = new AbortController();
	process.once('exit', end);
	try {
		const late = pause(timeoutMs, null, {signal: over.signal}).catch(() => null);
		const ended = await Promise.race([child, late]);
		if (!ended) return {stdout: '', stderr: '', exitCode: null};
		if (ended.exitCode === undefined && !ended.isTerminated) throw ended.cause;
		return {stdout: ended.stdout, stderr: ended.stderr, exitCode: ended.exitCode ?? null};
	} finally {
		over.abort();
		process.off('exit', end);
		if (child.exitCode === null) end();
	}
};
