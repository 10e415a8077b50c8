import {createHash} from 'node:crypto';
import {lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync} from 'node:fs';
import path from 'node:path';

/** More than this is no export of a workshop: what is beyond is not looked at, and so never ours. */
const mostPrints = 20_000;

/**
 * What stands at places and below them, as far as that lies in `root`: absolute path → a text that changes when what stands
 * there does. Links are not followed. What can't be read is left out.
 */
export const printsOf = (root: string, places: string[]): Record<string, string> => {
	const prints: Record<string, string> = {};
	const taken = new Set<string>();
	const take = (place: string): void => {
		if (taken.has(place) || taken.size === mostPrints) return;
		taken.add(place);
		const print = printOf(place);
		if (print === null) return;
		prints[place] = print;
		if (print !== folderPrint) return;
		for (const name of namesIn(place)) take(path.join(place, name));
	};
	for (const place of places) {
		// The lab folder itself is none of its files.
		if (place === root) for (const name of namesIn(root)) take(path.join(root, name));
		else if (isInside(place, root)) {
			takeParents(place, root, prints);
			take(place);
		}
	}
	return prints;
};

/** A folder is ours as long as it is empty: what others put into it keeps it there. */
const folderPrint = 'folder';

/** A command may have to make the folders above what it writes. */
const takeParents = (place: string, root: string, prints: Record<string, string>): void => {
	for (let folder = path.dirname(place); folder !== root; folder = path.dirname(folder)) {
		const print = printOf(folder);
		if (print !== null) prints[folder] = print;
	}
};

const isInside = (place: string, root: string): boolean => {
	const between = path.relative(realPath(root), realPath(path.dirname(place)));
	return place.startsWith(root + path.sep) && !between.startsWith('..') && !path.isAbsolute(between);
};

/** As far as it is there. */
const realPath = (place: string): string => {
	try {
		return realpathSync.native(place);
	} catch {
		const above = path.dirname(place);
		return above === place ? place : path.join(realPath(above), path.basename(place));
	}
};

const printOf = (place: string): string | null => {
	try {
		const stats = lstatSync(place);
		if (stats.isSymbolicLink()) return `link to ${readlinkSync(place)}`;
		if (stats.isDirectory()) return folderPrint;
		return stats.isFile()
			? `sha256:${createHash('sha256').update(readFileSync(place)).digest('hex')}`
			: `special ${stats.mode}`;
	} catch {
		return null;
	}
};

const namesIn = (folder: string): string[] => {
	try {
		return readdirSync(folder).sort();
	} catch {
		return [];
	}
};
