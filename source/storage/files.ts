import {isUtf8} from 'node:buffer';
import {
	closeSync,
	constants,
	fstatSync,
	lstatSync,
	openSync,
	readdirSync,
	readlinkSync,
	readSync,
	realpathSync,
	type Stats,
	statSync,
} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {FolderEntry} from '../workshop/lint/subject.js';

/** Returns the result of `read`, or null if it throws. */
export const tryRead = <Value>(read: () => Value): Value | null => {
	try {
		return read();
	} catch {
		return null;
	}
};

/** The sorted names in a folder; empty if it can't be read. */
export const listNames = (folder: string): string[] => tryRead(() => readdirSync(folder).sort()) ?? [];

/** Whether a place is a folder or inside it, with links and spellings resolved. */
export const isInside = (inner: string, outer: string): boolean => {
	const between = path.relative(realPath(path.resolve(outer)), realPath(path.resolve(inner)));
	return !(between.split(path.sep)[0] === '..' || path.isAbsolute(between));
};

/** Resolves the links in a path, as far as it exists. */
export const realPath = (place: string): string => {
	const above = path.dirname(place);
	const unresolved = () => (above === place ? place : path.join(realPath(above), path.basename(place)));
	return tryRead(() => realpathSync.native(place)) ?? unresolved();
};

/** Neither follows a link nor waits for the other end of a FIFO. Windows lacks these flags. */
const plainFileFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a plain file for reading. Rejects at once for a link, a FIFO, a socket or a device, without opening it, and
 * with the system's own error for a file that is missing or can't be read.
 */
export const openPlainFile = async (file: string): Promise<FileHandle> => {
	assertPlainFile(lstatSync(file));
	const handle = await open(file, plainFileFlags);
	try {
		assertPlainFile(await handle.stat());
		return handle;
	} catch (error) {
		await handle.close();
		throw error;
	}
};

/** Bytes; no hand-written text is larger. */
const maxTextBytes = 4 * 1024 * 1024;

/** Reads a plain file of at most `most` bytes. Throws as `openPlainFile` does, and for a larger file. */
export const readPlainFile = (file: string, most: number): Buffer => {
	assertPlainFile(lstatSync(file));
	return readWhole(file, plainFileFlags, most);
};

/** Reads a text file as `readPlainFile` does, but follows links. */
export const readTextFile = (file: string, most = maxTextBytes): string => {
	assertPlainFile(statSync(file));
	return readWhole(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0), most).toString('utf8');
};

const readWhole = (file: string, how: number, most: number): Buffer => {
	const descriptor = openSync(file, how);
	try {
		const status = fstatSync(descriptor);
		assertPlainFile(status);
		if (status.size > most)
			throw new Error(messages.storage.troubles.tooLarge(prettyBytes(status.size), prettyBytes(most)));
		const bytes = Buffer.alloc(status.size);
		return bytes.subarray(0, readSync(descriptor, bytes));
	} finally {
		closeSync(descriptor);
	}
};

export const fileKind = (status: Stats) => {
	if (status.isFile()) return 'file';
	if (status.isDirectory()) return 'folder';
	if (status.isSymbolicLink()) return 'link';
	if (status.isFIFO()) return 'fifo';
	return status.isSocket() ? 'socket' : 'device';
};

const assertPlainFile = (status: Stats): void => {
	if (!status.isFile()) throw new Error(messages.storage.troubles.notPlain(fileKind(status)));
};

/** An entry below a folder. `path`: relative to it, with `/`. `trouble`: why it can't be read. */
export type ListedEntry = Pick<FolderEntry, 'path' | 'kind' | 'bytes' | 'trouble'>;

/**
 * All entries below a folder, sorted by the bytes of their paths. Doesn't follow links. Throws if the folder can't be
 * read.
 */
export const listFolder = (folder: string): ListedEntry[] =>
	list(folder, '').sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

const list = (folder: string, below: string): ListedEntry[] =>
	readdirSync(path.join(folder, below), {encoding: 'buffer'}).flatMap(bytes => {
		const name = bytes.toString('utf8');
		const inner = below === '' ? name : `${below}/${name}`;
		const unreadable = (trouble: string): ListedEntry[] => [{path: inner, bytes: 0, kind: 'other', trouble}];
		if (!isUtf8(bytes)) return unreadable(messages.storage.troubles.notUtf8);
		let status: Stats;
		try {
			status = lstatSync(path.join(folder, inner));
		} catch (error) {
			return unreadable(describeError(error));
		}
		const entry = {path: inner, bytes: status.size, trouble: null};
		if (!status.isDirectory()) {
			return [{...entry, kind: status.isFile() ? 'file' : status.isSymbolicLink() ? 'link' : 'other'}];
		}
		try {
			return [{...entry, kind: 'folder'}, ...list(folder, inner)];
		} catch (error) {
			return [{...entry, kind: 'folder', trouble: describeError(error)}];
		}
	});

/**
 * The files below a folder, sorted, relative to `root`, with `/`. Doesn't follow links. Empty if there is no folder.
 * Throws a `UserError` if an entry can't be read.
 */
export const listFiles = (root: string, below = ''): string[] => {
	const folder = path.join(root, below);
	if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) return [];
	return listFolder(folder).flatMap(({path: inner, kind, trouble}) => {
		const file = below === '' ? inner : `${below}/${inner}`;
		if (trouble)
			throw new UserError(messages.storage.unreadable(path.join(root, file), trouble), {exitCode: 2});
		return kind === 'file' ? [file] : [];
	});
};

/** All entries below a folder, sorted by path, with texts. Doesn't follow links. `trouble` says what can't be read. */
export const readFolder = (folder: string): FolderEntry[] =>
	listFolder(folder).map(entry => readEntry(path.join(folder, entry.path), entry));

const readEntry = (file: string, {path: inner, kind, bytes, trouble}: ListedEntry): FolderEntry => {
	const entry: FolderEntry = {path: inner, kind, bytes, text: null, trouble, target: null};
	try {
		if (kind === 'link') return {...entry, target: readlinkSync(file)};
		return kind === 'file' && bytes <= maxTextBytes ? {...entry, text: readText(file)} : entry;
	} catch (error) {
		return {...entry, trouble: describeError(error)};
	}
};

/** Null for binary files. */
const readText = (file: string): string | null => {
	const bytes = readPlainFile(file, maxTextBytes);
	return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
};
