import {statfs} from 'node:fs/promises';
import prettyBytes from 'pretty-bytes';
import {UserError} from '../text/user-error.js';

/** Throws a `UserError` when fewer bytes are free where a folder is than something needs. */
export const demandSpace = async (folder: string, bytes: number, what: string): Promise<void> => {
	const {bavail, bsize} = await statfs(folder);
	const free = bavail * bsize;
	if (free >= bytes) return;
	throw new UserError(
		`The disk of ${folder} has ${prettyBytes(free)} free, and ${what} takes ${prettyBytes(bytes)} while it is written.`,
		{next: 'make room there, or choose a folder on another disk'},
	);
};

/** What went wrong while something was written below a folder, as a sentence where it is the disk's fault. */
export const translateWriteTrouble = (error: unknown, folder: string): unknown => {
	const code = (error as {code?: unknown}).code;
	if (code === 'ENOSPC' || code === 'EDQUOT') {
		return new UserError(`The disk of ${folder} is full.`, {
			next: 'make room there, and run the same command again: what is finished is kept',
			cause: error,
		});
	}
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		return new UserError(`You may not write to ${folder}.`, {
			next: 'choose another folder',
			cause: error,
		});
	}
	return error;
};
