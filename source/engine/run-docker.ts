import {execa} from 'execa';

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
	const {stdout, stderr, exitCode, timedOut, cause} = await execa('docker', argv, {
		env,
		extendEnv: false,
		input,
		timeout: timeoutMs,
		forceKillAfterDelay: 500,
		reject: false,
	});
	if (exitCode === undefined && !timedOut) throw cause;
	return {stdout, stderr, exitCode: timedOut ? null : (exitCode ?? null)};
};
