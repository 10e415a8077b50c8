import path from 'node:path';
import process from 'node:process';
import {execaSync} from 'execa';
import which from 'which';
import {normalizeVariableName} from '../text/shell-commands.js';

/**
 * What to start for the name of a program. On Windows that is the file which the PATH of `env` has for it, never one of
 * the current folder; a missing program throws there as it does elsewhere when it is started, with the code `ENOENT`.
 * Windows itself would let `cmd` say so, with exit code 1 and in the system's language.
 */
export const locateProgram = (
	name: string,
	env: Record<string, string>,
	{platform = process.platform, cwd = '.'}: {platform?: NodeJS.Platform; cwd?: string} = {},
): string => {
	if (platform !== 'win32') return name;
	const file = findProgram(name, env, cwd);
	if (file !== null) return file;
	const syscall = `spawn ${name}`;
	throw Object.assign(new Error(`${syscall} ENOENT`), {code: 'ENOENT', syscall, path: name});
};

/** The file that a program's name stands for; null when there is none. A name with a folder in it begins at `cwd`. */
export const findProgram = (name: string, env: Record<string, string>, cwd = '.'): string | null => {
	if (name === '') return null;
	const folders = path.basename(name) === name ? splitPathVariable(env.PATH ?? '') : [cwd];
	for (const folder of folders) {
		const file = which.sync(path.resolve(folder, name), {
			nothrow: true,
			...(env.PATHEXT && {pathExt: env.PATHEXT}),
		});
		if (file) return file;
	}
	return null;
};

/** Windows lets a folder stand in quotes. */
const splitPathVariable = (list: string): string[] =>
	list
		.split(path.delimiter)
		.map(folder => folder.replace(/^"(.*)"$/, '$1'))
		.filter(Boolean);

/**
 * Sends a signal to a process that leads a group of its own, and to all its descendants in that group; to the process
 * alone when it leads none. Windows knows neither groups nor polite signals: there `taskkill` ends the tree, before
 * this returns, because a program that is exiting waits for nothing.
 */
export const signalProcessTree = (
	{pid, isLeader}: {pid: number; isLeader: boolean},
	signal: 'SIGTERM' | 'SIGKILL',
): void => {
	if (process.platform === 'win32') {
		const program = findProgram('taskkill', inheritedEnvironment());
		if (program !== null) execaSync(program, ['/PID', String(pid), '/T', '/F'], {reject: false});
		return;
	}
	try {
		process.kill(isLeader ? -pid : pid, signal);
	} catch (error) {
		// ESRCH: it has ended by itself in the meantime. EPERM: what is left of it is not ours to end, or, on macOS, has
		// ended and was not waited for yet.
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code !== 'ESRCH' && code !== 'EPERM') throw error;
	}
};

/** What every command inherits: this program's environment, whole. */
export const inheritedEnvironment = (): Record<string, string> =>
	Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value]) =>
			value === undefined ? [] : [[normalizeVariableName(name), value]],
		),
	);
