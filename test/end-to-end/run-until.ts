import {execa} from 'execa';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import type {CliOptions, CliResult} from '../tools/run-cli.js';

/**
 * Runs a program, by default the built one, and does something as soon as a line on stderr holds the text. Resolves when the program has
 * ended; rejects when it ends without that line.
 */
export const runUntil = async (
	args: string[],
	{through = [], program = builtProgram, env, cwd, home}: CliOptions,
	text: string,
	act: (pid: number) => Promise<unknown> | unknown,
): Promise<CliResult> => {
	const [file = nodeUnderTest, ...rest] = [...through, nodeUnderTest, program, ...args];
	const child = execa(file, rest, {
		cwd: cwd ?? temporaryFolder(),
		env: childEnvironment(home ?? temporaryFolder(), env),
		extendEnv: false,
		stdin: 'ignore',
		timeout: 300_000,
		reject: false,
	});
	let isDone = false;
	for await (const line of child.iterable({from: 'stderr'})) {
		if (isDone || !line.includes(text)) continue;
		isDone = true;
		await act(child.pid ?? 0);
	}
	const {stdout, stderr, exitCode, message} = await child;
	if (!isDone) throw new Error(`It ended without “${text}”: ${message ?? stderr}`);
	return {stdout, stderr, exitCode: exitCode ?? 128};
};
