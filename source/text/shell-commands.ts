import path from 'node:path';
import process from 'node:process';

type Invocation = {environment: Record<string, string | undefined>; argv: string[]; folder: string};

const currentInvocation = (): Invocation => ({
	environment: process.env,
	argv: process.argv,
	folder: process.cwd(),
});

/**
 * What to type in front of a subcommand to start the program in the same way: by npx, by npm in a clone, from a pack, or
 * by its own name.
 */
export const programCommand = ({environment, argv, folder}: Invocation = currentInvocation()): string => {
	const file = argv[1] ?? '';
	// Both set it for the script they run; other scripts of npm start something else, which starts the program.
	const event = environment.npm_execpath ? environment.npm_lifecycle_event : undefined;
	if (path.basename(file) === `${programName}.mjs`) return `node ${quotePath(shortenPath(file, folder))}`;
	// What a project has among its own packages is on nobody's PATH.
	if (event === 'npx' || /[\\/]node_modules[\\/]\.bin[\\/]/.test(file)) return `npx ${programName}`;
	return event === 'start' ? 'npm start --' : programName;
};

/** The workshop that is open, as its commands have to name it. */
export type CurrentWorkshop = {
	id: string;
	/** What stands behind `--workshop`: an id, or a folder as one word of a shell. */
	argument: string;
	/** Commands that name no workshop are about it. */
	isDefault: boolean;
};

let currentWorkshop: CurrentWorkshop | null = null;

/** Keeps which workshop is open, if any: from now on `rewriteOwnCommands` names it in commands. */
export const rememberCurrentWorkshop = (workshop: CurrentWorkshop | null): void => {
	currentWorkshop = workshop;
};

/**
 * A text in which each of the program's own commands, `multistage-workshop …`, works when it is typed: it begins as the
 * program was started, and names the workshop that is open where it would be about another one.
 */
export const rewriteOwnCommands = (text: string, started?: Invocation, workshop = currentWorkshop): string =>
	text.replaceAll(/(?<=`)multistage-workshop( [^`]*)?(?=`)/g, (_, rest: string = '') => {
		const start = programCommand(started);
		// Alone it takes no `--`, which is for what comes behind.
		return rest === ''
			? start.replace(/ --$/, '')
			: `${start}${workshop ? addWorkshop(rest, workshop) : rest}`;
	});

/** `rest`: what stands behind the program's name. */
const addWorkshop = (rest: string, {id, argument, isDefault}: CurrentWorkshop): string => {
	const named = /(?<= --workshop )\S+/.exec(rest)?.[0];
	if (named !== undefined)
		return named === id ? rest.replace(` --workshop ${id}`, () => ` --workshop ${argument}`) : rest;
	const isAboutOne = /^ (?:run|check|cleanup|reset|doctor|pack|--replay)(?= |$)/.test(rest);
	return isAboutOne && !isDefault ? `${rest} --workshop ${argument}` : rest;
};

/** The path from here, unless that is longer. */
const shortenPath = (file: string, folder: string): string => {
	const relative = path.relative(folder, file);
	return relative.length <= file.length ? relative : file;
};

const programName = 'multistage-workshop';

/**
 * A path as one word of a shell: in quotes where it has to be. On Windows in those that both PowerShell and cmd know; no
 * path holds one there.
 */
export const quotePath = (path: string, platform: NodeJS.Platform = process.platform): string => {
	if (/^[\p{L}\p{N}\\/._:~@%+=,-]+$/u.test(path)) return path;
	return platform === 'win32' ? `"${path}"` : `'${path.replaceAll("'", "'\\''")}'`;
};

/** The one spelling of an environment variable: Windows takes `Path` and `PATH` for the same, and a record doesn't. */
export const normalizeVariableName = (name: string, platform: NodeJS.Platform = process.platform): string =>
	platform === 'win32' ? name.toUpperCase() : name;
