import {statSync} from 'node:fs';
import path from 'node:path';
import {UserError} from '../text/user-error.js';
import {listFolder} from './list-folder.js';

/**
 * Files below a folder, in order, relative to `root`, `/` between parts; links are not followed. None where there is no
 * folder. Throws a `UserError` for what can't be read.
 */
export const listFiles = (root: string, below = ''): string[] => {
	const folder = path.join(root, below);
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return [];
	return listFolder(folder).flatMap(({path: inner, kind, trouble}) => {
		const file = below === '' ? inner : `${below}/${inner}`;
		if (trouble) throw new UserError(`${path.join(root, file)} can’t be read: ${trouble}.`, {exitCode: 2});
		return kind === 'file' ? [file] : [];
	});
};
