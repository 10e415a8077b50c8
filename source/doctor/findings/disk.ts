import {accessSync, constants, existsSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {failed, type Judgement, passed, unknown} from '../finding.js';

/** Room in a folder. `free`: bytes; null when it can't be seen from here. `least`: bytes that the workshop may need. */
export type DiskSpace = {
	what: string;
	folder: string | null;
	free: number | null;
	least: number /** Nothing can be written there. */;
	isLocked?: boolean;
};

/** Is there room for what the workshop writes? */
export const judgeDisk = (rooms: DiskSpace[]): Judgement => {
	const locked = rooms.find(({isLocked}) => isLocked);
	if (locked) {
		return failed(
			`Nothing can be written to ${locked.folder}, which is for ${locked.what}.`,
			`make it yours: \`sudo chown -R $USER ${locked.folder}\`, or mount it so that it can be written to`,
		);
	}
	const short = rooms.find(({free, least}) => free !== null && free < least);
	if (short) {
		return failed(
			`There are ${prettyBytes(short.free ?? 0)} left for ${short.what} in ${short.folder}; the workshop may need ${prettyBytes(short.least)}.`,
			'make room: see what `docker system df` says, and what your own files take',
		);
	}
	const seen = rooms.filter(({free}) => free !== null);
	if (seen.length === 0) return unknown('There is no way to see how much space is left.');
	const unseen = rooms.filter(({free}) => free === null).map(({what}) => what);
	const told = seen.map(({what, free}) => `${prettyBytes(free ?? 0)} for ${what}`).join(', ');
	return passed(
		`There is room: ${told}.${unseen.length > 0 ? ` How much there is for ${unseen.join(' and ')} can’t be told from here.` : ''}`,
	);
};

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

/** Whether nothing can be written to a folder, which need not be there yet. */
export const isLocked = (folder: string): boolean => {
	const parent = path.dirname(folder);
	if (!existsSync(folder) && parent !== folder) return isLocked(parent);
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return false;
	} catch {
		return true;
	}
};
