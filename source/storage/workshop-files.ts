import {isUtf8} from 'node:buffer';
import {existsSync, lstatSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError, didYouMean} from '../text/wording.js';
import {shippedHashes} from '../workshop/parsed-workshops.js';
import {listFiles, listNames, readTextFile} from './files.js';
import {sha256} from './hashes.js';
import {stateFolder} from './state-folder.js';

/** The workshop to use if none is named. */
export const defaultWorkshop = 'multi-stage';

/**
 * The folder of the shipped workshops: beside the program in a pack; one level above `distribution/`; if the sources run
 * unbundled, two levels above this file's folder; or, if the program is a single file, where it has put those that it
 * got from a pack. Null if there is none.
 */
export const findShippedFolder = (): string | null => {
	const found = shippedPlaces().find(folder => existsSync(path.join(folder, defaultWorkshop, 'workshop.md')));
	if (found !== undefined) return found;
	const obtained = obtainedFolder(stateFolder());
	return existsSync(obtained) ? obtained : null;
};

const shippedPlaces = (): string[] => {
	const here = path.dirname(fileURLToPath(import.meta.url));
	return ['workshops', '../workshops', '../../workshops'].map(folder => path.join(here, folder));
};

/** Where a program that is a single file keeps its workshops; each build has its own. */
export const obtainedFolder = (state: string): string =>
	path.join(state, 'workshops', sha256(JSON.stringify(shippedHashes)).slice(0, 16));

/** The folder of the shipped workshops. Throws a `UserError` if they are missing. */
export const shippedFolder = (): string => {
	const found = findShippedFolder();
	if (found === null) throw new UserError(messages.storage.workshops.notShipped(shippedPlaces()));
	return found;
};

/** The names of the shipped workshops. */
export const shippedNames = (): string[] =>
	readdirSync(shippedFolder()).filter(name => existsSync(path.join(shippedFolder(), name, 'workshop.md')));

/** Whether a word is the name of a workshop, not a path. */
export const isWorkshopName = (word: string): boolean => /^[a-z0-9-]+$/.test(word);

/**
 * The folder for a shipped name, or for a path (with a separator in it, or `.`). Throws a `UserError` if there is none.
 */
export const findFolder = (nameOrFolder: string): {folder: string; shipped: boolean} => {
	const isName = isWorkshopName(nameOrFolder);
	const folder = isName ? path.join(shippedFolder(), nameOrFolder) : path.resolve(nameOrFolder);
	if (statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return {folder, shipped: isName};
	const say = messages.storage.workshops;
	if (isName) {
		const known = shippedNames();
		const reason = `${say.unknown(nameOrFolder, known)}${didYouMean(nameOrFolder, known)}`;
		throw new UserError(reason, {next: say.nameOrPath, exitCode: 2});
	}
	const reason = existsSync(folder)
		? say.isFile(folder)
		: `${say.noFolder(folder)}${didYouMean(path.basename(folder), shippedNames())}`;
	throw new UserError(reason, {next: say.listThem, exitCode: 2});
};

/** The folder of a workshop, with a `workshop.md`. Throws a `UserError` if there is none. */
export const findWorkshop = (nameOrFolder: string): {folder: string; shipped: boolean} => {
	const found = findFolder(nameOrFolder);
	if (existsSync(path.join(found.folder, 'workshop.md'))) return found;
	throw new UserError(messages.storage.workshops.noWorkshop(found.folder), {exitCode: 2});
};

/** Whether a folder exists, and is not a link to one. */
export const isPlainFolder = (folder: string): boolean =>
	lstatSync(folder, {throwIfNoEntry: false})?.isDirectory() ?? false;

/**
 * The Markdown files at the top level of a workshop's folder: name → text. Throws a `UserError` if one can't be read.
 */
export const readWorkshopFiles = (folder: string): Map<string, string> => {
	const names = readNames(folder).filter(name => name.endsWith('.md'));
	return new Map(
		names.flatMap(name => {
			const file = path.join(folder, name);
			return statSync(file, {throwIfNoEntry: false})?.isDirectory() ? [] : [[name, readText(file)]];
		}),
	);
};

/** The text of a workshop's file; null if it doesn't exist. Throws a `UserError` if it can't be read. */
export const readWorkshopFile = (folder: string, ...parts: string[]): string | null => {
	const file = path.join(folder, ...parts);
	return existsSync(file) ? readText(file) : null;
};

const readText = (file: string): string => {
	try {
		return readTextFile(file);
	} catch (error) {
		throw new UserError(messages.storage.unreadable(file, describeError(error)), {exitCode: 2, cause: error});
	}
};

const readNames = (folder: string): string[] => {
	try {
		const names = readdirSync(folder, {encoding: 'buffer'});
		const odd = names.find(name => !isUtf8(name));
		if (!odd) return names.map(name => name.toString('utf8'));
		throw new Error(messages.storage.troubles.hasNotUtf8(odd.toString('utf8')));
	} catch (error) {
		const reason = messages.storage.unreadableFolder(folder, describeError(error));
		throw new UserError(reason, {exitCode: 2, cause: error});
	}
};

/** A file that an overlay puts into the lab folder, and its absolute path in the workshop. */
export type OverlayFile = {file: string; source: string};

/** The files of `solutions/<challenge>`, `broken/<step>` or `attempts/<challenge>/<name>`, without `run.yaml`. */
export const listOverlayFiles = (workshopFolder: string, overlay: string): OverlayFile[] => {
	const folder = path.join(workshopFolder, overlay);
	return listFiles(folder, '')
		.filter(file => file !== 'run.yaml')
		.map(file => ({file, source: path.join(folder, file)}));
};

/** The files of all shipped solutions, and those with which repairs begin. */
export const listGivenFiles = (workshopFolder: string): OverlayFile[] =>
	['solutions', 'broken'].flatMap(home =>
		listNames(path.join(workshopFolder, home)).flatMap(name =>
			listOverlayFiles(workshopFolder, `${home}/${name}`),
		),
	);
