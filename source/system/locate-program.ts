import path from 'node:path';
import process from 'node:process';
import which from 'which';

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
	const folders = path.basename(name) === name ? foldersOf(env.PATH ?? '') : [cwd];
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
const foldersOf = (list: string): string[] =>
	list
		.split(path.delimiter)
		.map(folder => folder.replace(/^"(.*)"$/, '$1'))
		.filter(Boolean);
