import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {listFolder} from '../storage/list-folder.js';
import {UserError} from '../text/user-error.js';
import {isLitter} from './hash-workshop.js';
import {programFile, startPage} from './manifest.js';
import {copyAgain} from './read-manifest.js';

/**
 * Every file of a pack but the archives and the manifest: program, tarball, page, and all that is in `workshops/`, of
 * whatever kind. What else a learner keeps in the folder is no part of it. Throws a `UserError` for a folder that can't
 * be read.
 */
export const listParts = (folder: string): string[] => {
	const top = readdirSync(folder).filter(
		name => name === programFile || name === startPage || name.endsWith('.tgz'),
	);
	const workshops = path.join(folder, 'workshops');
	// A link in its place is told when the files in it are looked for.
	const isThere = lstatSync(workshops, {throwIfNoEntry: false})?.isDirectory();
	const inside = (isThere ? listFolder(workshops) : []).flatMap(({path: file, kind, trouble}) => {
		if (trouble) {
			throw new UserError(`workshops/${file} in the pack can’t be read: ${trouble}.`, {next: copyAgain});
		}
		return kind === 'folder' || isLitter(file) ? [] : [`workshops/${file}`];
	});
	return [...top, ...inside].sort();
};
