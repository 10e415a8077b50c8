import path from 'node:path';
import process from 'node:process';
import {execaSync} from 'execa';
import which from 'which';
import {normalizeVariableName} from '../text/shell-commands.js';

/**
 * The file to start for a program's name. On Windows, it is found on the PATH of `env`, never in the current folder; a
 * missing program throws `ENOENT`, as starting it does elsewhere. By default, `cmd` would report it, with exit code 1
 * and in the system's language.
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

/** The file of a program, from the PATH; null if there is none. A name with a folder in it is relative to `cwd`. */
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

/** On Windows, folders may be quoted. */
const splitPathVariable = (list: string): string[] =>
	list
		.split(path.delimiter)
		.map(folder => folder.replace(/^"(.*)"$/, '$1'))
		.filter(Boolean);

/**
 * Signals a process and, if it leads a process group, its descendants in that group. Windows has neither groups nor
 * SIGTERM: there, `taskkill` ends the tree, before this returns, because an exiting program waits for nothing.
 */
export const signalProcessTree = (
	{pid, isLeader}: {pid: number; isLeader: boolean},
	signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
): void => {
	if (process.platform === 'win32') {
		const program = findProgram('taskkill', inheritedEnvironment());
		if (program !== null) execaSync(program, ['/PID', String(pid), '/T', '/F'], {reject: false});
		return;
	}
	try {
		process.kill(isLeader ? -pid : pid, signal);
	} catch (error) {
		// ESRCH: it has ended in the meantime. EPERM: what is left is not ours to end or, on macOS, has ended without being
		// waited for.
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code !== 'ESRCH' && code !== 'EPERM') throw error;
	}
};

/** The environment that every command inherits: all of this program's. */
export const inheritedEnvironment = (): Record<string, string> =>
	Object.fromEntries(
		Object.entries(process.env).flatMap(([name, value]) =>
			value === undefined ? [] : [[normalizeVariableName(name), value]],
		),
	);
