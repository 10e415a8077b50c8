import path from 'node:path';
import process from 'node:process';

type Invocation = {environment: Record<string, string | undefined>; argv: string[]; folder: string};

const currentInvocation = (): Invocation => ({
	environment: process.env,
	argv: process.argv,
	folder: process.cwd(),
});

/**
 * Returns what to type before a subcommand to start the program in the same way: by npx, by npm in a clone, from a
 * pack, or by its own name.
 */
export const programCommand = ({environment, argv, folder}: Invocation = currentInvocation()): string => {
	const file = argv[1] ?? '';
	// Both are set for the script that npx or npm runs; other npm scripts start this program indirectly.
	const event = environment.npm_execpath ? environment.npm_lifecycle_event : undefined;
	if (path.basename(file) === `${programName}.mjs`) return `node ${quotePath(shortenPath(file, folder))}`;
	// A program in a project's `node_modules` is not on the PATH.
	if (event === 'npx' || /[\\/]node_modules[\\/]\.bin[\\/]/.test(file)) return `npx ${programName}`;
	return event === 'start' ? 'npm start --' : programName;
};

/** The open workshop, as commands must name it. */
export type CurrentWorkshop = {
	id: string;
	/** The value for `--workshop`: an id, or a folder quoted for a shell. */
	argument: string;
	/** Whether commands that name no workshop are about this one. */
	isDefault: boolean;
};

let currentWorkshop: CurrentWorkshop | null = null;

/** Sets the open workshop, if any, which `rewriteOwnCommands` then adds to commands. */
export const rememberCurrentWorkshop = (workshop: CurrentWorkshop | null): void => {
	currentWorkshop = workshop;
};

/**
 * Makes each of the program's own commands in a text, `multistage-workshop …`, work when typed: it begins as this
 * program was started, and names the open workshop where it would be about another one.
 */
export const rewriteOwnCommands = (text: string, started?: Invocation, workshop = currentWorkshop): string =>
	text.replaceAll(/(?<=`)multistage-workshop( [^`]*)?(?=`)/g, (_, rest: string = '') => {
		const start = programCommand(started);
		// Without arguments, npm needs no `--`.
		return rest === ''
			? start.replace(/ --$/, '')
			: `${start}${workshop ? addWorkshop(rest, workshop) : rest}`;
	});

/** Names the open workshop in a command. `rest`: what follows the program's name. */
const addWorkshop = (rest: string, {id, argument, isDefault}: CurrentWorkshop): string => {
	const named = /(?<= --workshop )\S+/.exec(rest)?.[0];
	if (named !== undefined)
		return named === id ? rest.replace(` --workshop ${id}`, () => ` --workshop ${argument}`) : rest;
	const isAboutOne = /^ (?:run|check|cleanup|reset|doctor|pack|--replay)(?= |$)/.test(rest);
	return isAboutOne && !isDefault ? `${rest} --workshop ${argument}` : rest;
};

/** Returns the relative path, unless it is longer. */
const shortenPath = (file: string, folder: string): string => {
	const relative = path.relative(folder, file);
	return relative.length <= file.length ? relative : file;
};

const programName = 'multistage-workshop';

/**
 * Quotes a path as one word of a shell, if needed. On Windows with double quotes, which PowerShell and cmd both read,
 * and which no path contains.
 */
export const quotePath = (path: string, platform: NodeJS.Platform = process.platform): string => {
	if (/^[\p{L}\p{N}\\/._:~@%+=,-]+$/u.test(path)) return path;
	return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
};

/** Normalizes the name of an environment variable: Windows treats `Path` and `PATH` as the same; a record doesn't. */
export const normalizeVariableName = (name: string, platform: NodeJS.Platform = process.platform): string =>
	platform === 'win32' ? name.toUpperCase() : name;
