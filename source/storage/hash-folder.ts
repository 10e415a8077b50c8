import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import {listFolder} from './list-folder.js';

/** A folder's files and what they hold, in one hash. */
export type FolderHash = {
	/** Lower-case hex: the sha256 of the lines that `sha256sum` prints for all files, sorted by path. */
	hash: string;
	/** Each file below the folder, `/` between the parts of its path, with its own sha256. */
	files: ReadonlyMap<string, string>;
};

/**
 * Hashes every file below a folder with its path. Throws a `UserError` when there is something that can't be hashed: a
 * link could lead to other bytes tomorrow.
 */
export const hashFolder = (folder: string): FolderHash => {
	const files = new Map<string, string>();
	for (const {path: file, kind, trouble} of listFolder(folder)) {
		if (trouble) throw unfit(path.join(folder, file), `can’t be read (${trouble})`);
		if (kind === 'folder') continue;
		if (kind !== 'file') throw unfit(path.join(folder, file), 'is no plain file');
		// Such a name could make two folders look alike.
		if (/[\n\r\\]/.test(file)) throw unfit(JSON.stringify(file), 'has a line end or a backslash in its name');
		try {
			files.set(file, sha256(readFileSync(path.join(folder, file))));
		} catch (error) {
			throw unfit(path.join(folder, file), `can’t be read (${messageOf(error)})`);
		}
	}
	return {hash: combineHashes(files), files};
};

/** One hash of files, sorted by path, and their own hashes. */
export const combineHashes = (files: Iterable<[file: string, hash: string]>): string =>
	sha256([...files].map(([file, hash]) => `${hash}  ./${file}\n`).join(''));

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');

const unfit = (file: string, why: string): UserError =>
	new UserError(`${file} ${why}, so nobody can know what this workshop holds, and it is not run.`, {
		next: 'put plain files into the folder of the workshop',
		exitCode: 2,
	});
