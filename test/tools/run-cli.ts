import {execa} from 'execa';
import {builtProgram, nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';

export type CliOptions = {
	/** The script that Node runs. Default: the built program. */
	program?: string;
	/** A command that runs Node, e.g. `['nice']`. */
	through?: string[];
	/** Added to `childEnvironment`, e.g. an engine's `env`. */
	env?: Record<string, string>;
	/** Default: a new, empty folder. */
	cwd?: string;
	/** The home folder, which holds progress and ledgers. Default: a new, empty one. */
	home?: string;
	/** The standard input. Default: empty, closed at once. */
	stdin?: string;
	/** Milliseconds until it is killed. Default: two minutes. */
	timeout?: number;
};

export type CliResult = {stdout: string; stderr: string; exitCode: number};

/**
 * Runs the built program without a terminal until it ends with any exit code. Rejects, with the output in the message,
 * if it can't be started, is ended by a signal or takes longer than `timeout`.
 */
export const runCli = async (args: string[], options: CliOptions = {}): Promise<CliResult> => {
	const own = [nodeUnderTest, options.program ?? builtProgram, ...args];
	const [file = nodeUnderTest, ...rest] = [...(options.through ?? []), ...own];
	const {stdout, stderr, exitCode, message} = await execa(file, rest, {
		cwd: options.cwd ?? temporaryFolder(),
		env: childEnvironment(options.home ?? temporaryFolder(), options.env),
		extendEnv: false,
		input: options.stdin ?? '',
		timeout: options.timeout ?? 120_000,
		forceKillAfterDelay: 3000,
		stripFinalNewline: false,
		reject: false,
	});
	if (exitCode === undefined) throw new Error(message);
	return {stdout, stderr, exitCode};
};
