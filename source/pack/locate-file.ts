import {lstatSync} from 'node:fs';
import path from 'node:path';
import {kindOf} from '../storage/plain-file.js';
import {UserError} from '../text/user-error.js';
import type {PackedFile} from './manifest.js';
import {copyAgain, trustedOnly} from './read-manifest.js';

/**
 * The place of a file that a manifest names. Throws a `UserError` when it is missing, has another size, leaves the
 * pack's folder, or when it or a folder on the way is a link or anything else but plain. Opens nothing.
 */
export const locateFile = (folder: string, {file, bytes}: PackedFile): string => {
	const parts = file.split('/');
	const isInside = parts.every(part => part !== '' && part !== '.' && part !== '..');
	if (!isInside || /\\|^\w:|\0/.test(file)) {
		throw new UserError(`The pack names a file outside of its own folder: ${file}.`, {next: trustedOnly});
	}
	let target = folder;
	for (const [index, part] of parts.entries()) {
		target = path.join(target, part);
		const status = lstatSync(target, {throwIfNoEntry: false});
		if (!status) throw new UserError(`The file ${file} of the pack is missing.`, {next: copyAgain});
		const isLast = index === parts.length - 1;
		if (isLast ? !status.isFile() : !status.isDirectory()) {
			const wanted = isLast ? 'a plain file' : 'a folder';
			const where = parts.slice(0, index + 1).join('/');
			throw new UserError(`In the pack, ${where} is ${kindOf(status)} instead of ${wanted}.`, {
				next: trustedOnly,
			});
		}
		if (isLast && status.size !== bytes) {
			const what = status.size < bytes ? 'cut off' : 'too long';
			throw new UserError(
				`The file ${file} of the pack is ${what}: it has ${status.size} bytes instead of ${bytes}.`,
				{next: copyAgain},
			);
		}
	}
	return target;
};
