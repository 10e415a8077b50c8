import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {execa} from 'execa';
import {endProcessTree} from '../system/end-process-tree.js';
import {locateProgram} from '../system/locate-program.js';

/** What a docker command printed; `exitCode` is null when it was ended because it took too long. */
export type DockerAnswer = {stdout: string; stderr: string; exitCode: number | null};

/**
 * Runs a docker command that asks something, for at most `timeoutMs`. A command that fails is an answer. Rejects when
 * there is no docker command.
 */
export const runDocker = async (
	argv: string[],
	{env, timeoutMs, input = ''}: {env: Record<string, string>; timeoutMs: number; input?: string},
): Promise<DockerAnswer> => {
	// A group of its own: buildx, which the CLI starts, outlives it otherwise, and keeps its output open.
	const isLeader = process.platform !== 'win32';
	const child = execa(locateProgram('docker', env), argv, {
		env,
		extendEnv: false,
		input,
		reject: false,
		detached: isLeader,
	});
	const end = (): void => {
		if (child.pid !== undefined) endProcessTree({pid: child.pid, isLeader}, 'SIGKILL');
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
