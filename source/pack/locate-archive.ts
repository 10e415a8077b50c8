import {realpathSync, statSync} from 'node:fs';
import path from 'node:path';
import {UserError} from '../text/user-error.js';
import type {PackedImage} from './manifest.js';
import {copyAgain} from './read-manifest.js';

/**
 * The place of an archive that a manifest names. Throws a `UserError` when it is not there, has another size, or leaves
 * the pack's folder, be it through a link.
 */
export const locateArchive = (folder: string, {file, bytes}: PackedImage): string => {
	if (path.isAbsolute(file) || /\\|^\w:/.test(file) || file.split('/').includes('..')) throw leaves(file);
	const target = path.join(folder, ...file.split('/'));
	const size = sizeOf(target);
	if (size === null) {
		throw new UserError(`The archive ${file} of the pack is missing.`, {next: copyAgain});
	}
	const inside = path.relative(realpathSync(folder), realpathSync(target));
	if (inside.startsWith('..') || path.isAbsolute(inside)) throw leaves(file);
	if (size !== bytes) {
		const what = size < bytes ? 'is cut off' : 'is too long';
		throw new UserError(
			`The archive ${file} of the pack ${what}: it has ${size} bytes instead of ${bytes}.`,
			{
				next: copyAgain,
			},
		);
	}
	return target;
};

const leaves = (file: string): UserError =>
	new UserError(`The pack names an archive outside of its own folder: ${file}.`, {
		next: 'use a pack that comes from somebody you trust; nothing was loaded',
	});

/** Null when there is no such file. */
const sizeOf = (file: string): number | null => {
	const stats = statSync(file, {throwIfNoEntry: false});
	return stats?.isFile() ? stats.size : null;
};
