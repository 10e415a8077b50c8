import path from 'node:path';
import process from 'node:process';
import {quotePath} from './quote-path.js';

type Started = {environment: Record<string, string | undefined>; argv: string[]; folder: string};

const thisProcess = (): Started => ({environment: process.env, argv: process.argv, folder: process.cwd()});

/**
 * What to type in front of a subcommand to start the program in the same way: by npx, by npm in a clone, from a pack, or
 * by its own name.
 */
export const howStarted = ({environment, argv, folder}: Started = thisProcess()): string => {
	const file = argv[1] ?? '';
	// Both set it for the script they run; other scripts of npm start something else, which starts the program.
	const event = environment.npm_execpath ? environment.npm_lifecycle_event : undefined;
	if (path.basename(file) === `${bareName}.mjs`) return `node ${quotePath(asTyped(file, folder))}`;
	// What a project has among its own packages is on nobody's PATH.
	if (event === 'npx' || /[\\/]node_modules[\\/]\.bin[\\/]/.test(file)) return `npx ${bareName}`;
	return event === 'start' ? 'npm start --' : bareName;
};

/** The workshop that is open, as its commands have to name it. */
export type OpenedWorkshop = {
	id: string;
	/** What stands behind `--workshop`: an id, or a folder as one word of a shell. */
	argument: string;
	/** Commands that name no workshop are about it. */
	isDefault: boolean;
};

let opened: OpenedWorkshop | null = null;

/** Keeps which workshop is open: from now on `asStarted` names it in commands. */
export const rememberOpened = (workshop: OpenedWorkshop): void => {
	opened = workshop;
};

/**
 * A text in which each of the program's own commands, `multistage-workshop …`, works when it is typed: it begins as the
 * program was started, and names the workshop that is open where it would be about another one.
 */
export const asStarted = (text: string, started?: Started, workshop = opened): string =>
	text.replaceAll(/(?<=`)multistage-workshop( [^`]*)?(?=`)/g, (_, rest: string = '') => {
		const start = howStarted(started);
		// Alone it takes no `--`, which is for what comes behind.
		return rest === ''
			? start.replace(/ --$/, '')
			: `${start}${workshop ? withWorkshop(rest, workshop) : rest}`;
	});

/** `rest`: what stands behind the program's name. */
const withWorkshop = (rest: string, {id, argument, isDefault}: OpenedWorkshop): string => {
	const named = /(?<= --workshop )\S+/.exec(rest)?.[0];
	if (named !== undefined)
		return named === id ? rest.replace(` --workshop ${id}`, () => ` --workshop ${argument}`) : rest;
	const isAboutOne = /^ (?:run|check|cleanup|reset|doctor|pack|--replay)(?= |$)/.test(rest);
	return isAboutOne && !isDefault ? `${rest} --workshop ${argument}` : rest;
};

/** The path from here, unless that is longer. */
const asTyped = (file: string, folder: string): string => {
	const relative = path.relative(folder, file);
	return relative.length <= file.length ? relative : file;
};

const bareName = 'multistage-workshop';
