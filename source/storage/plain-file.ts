import {closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import prettyBytes from 'pretty-bytes';

/** Neither follows a link nor waits for the other end of a FIFO; Windows has no such flags. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a plain file for reading. Rejects at once for a link, a FIFO, a socket or a device, none of which it opens, and
 * with the system's own error for a file that is missing or can't be read.
 */
export const openPlainFile = async (file: string): Promise<FileHandle> => {
	demandPlain(lstatSync(file));
	const handle = await open(file, flags);
	try {
		demandPlain(await handle.stat());
		return handle;
	} catch (error) {
		await handle.close();
		throw error;
	}
};

/** Bytes: what is larger is no text that anybody wrote. */
export const mostText = 4 * 1024 * 1024;

/** Reads a plain file of at most `most` bytes. Throws as `openPlainFile` does, and for a longer file. */
export const readPlainFile = (file: string, most: number): Buffer => {
	demandPlain(lstatSync(file));
	return readWhole(file, flags, most);
};

/** Reads a text, also through a link, as `readPlainFile` reads. */
export const readTextFile = (file: string, most = mostText): string => {
	demandPlain(statSync(file));
	return readWhole(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), most).toString('utf8');
};

const readWhole = (file: string, how: number, most: number): Buffer => {
	const descriptor = openSync(file, how);
	try {
		const status = fstatSync(descriptor);
		demandPlain(status);
		if (status.size > most) throw new Error(tooLarge(status.size, most));
		const bytes = Buffer.alloc(status.size);
		let length = 0;
		for (let read = -1; read !== 0 && length < bytes.length; length += read) {
			read = readSync(descriptor, bytes, length, bytes.length - length, null);
		}
		return bytes.subarray(0, length);
	} finally {
		closeSync(descriptor);
	}
};

/** Says by how much a file of some bytes is too large. */
export const tooLarge = (bytes: number, most: number): string =>
	`it has ${prettyBytes(bytes)}, and at most ${prettyBytes(most)} are read`;

/** What a path leads to, in a learner's words: `a link`. */
export const kindOf = (status: Stats): string => {
	if (status.isFile()) return 'a plain file';
	if (status.isDirectory()) return 'a folder';
	if (status.isSymbolicLink()) return 'a link';
	if (status.isFIFO()) return 'a FIFO';
	return status.isSocket() ? 'a socket' : 'a device';
};

const demandPlain = (status: Stats): void => {
	if (!status.isFile()) throw new Error(`it is ${kindOf(status)}, not a plain file`);
};
