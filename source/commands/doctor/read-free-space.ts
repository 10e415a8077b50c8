import {statfs} from 'node:fs/promises';
import path from 'node:path';

/** Bytes that may still be written to a folder, which need not be there yet; null when that can't be told. */
export const readFreeSpace = async (folder: string): Promise<number | null> => {
	try {
		const {bavail, bsize} = await statfs(folder);
		return bavail * bsize;
	} catch (error) {
		const parent = path.dirname(folder);
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		return isMissing && parent !== folder ? readFreeSpace(parent) : null;
	}
};
