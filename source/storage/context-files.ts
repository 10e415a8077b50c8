import {createHash} from 'node:crypto';
import {close, lstatSync, open, read, readdirSync, readlinkSync, type Stats} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import type {ContextEntry, ContextFiles, IgnoredEntries} from '../explain/context.js';
import type {IgnoreMatch, IgnoreRules} from '../explain/ignore-patterns.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';

/** The ignored folders whose paths are kept. */
const shownFolders = 5;

/** Milliseconds: file systems give no finer times to two changes of a file, the coarsest of them two seconds. */
const settlingMs = 2000;

/**
 * Reads which files a build context has, and which of them a `.dockerignore` leaves out. Enters ignored folders only if
 * an exception may be below. Throws a `UserError` for what BuildKit can't read either.
 */
export const readContextFiles = (folder: string, rules: IgnoreRules): ContextFiles => {
	const entries: ContextEntry[] = [];
	const ignored: IgnoredEntries = {folders: 0, folderPaths: [], files: 0, bytes: 0};
	const settled = Date.now() - settlingMs;

	const skip = (entry: ContextEntry): void => {
		if (entry.kind === 'folder') {
			if (ignored.folders++ < shownFolders) ignored.folderPaths.push(entry.path);
		} else {
			ignored.files++;
			ignored.bytes += entry.bytes;
		}
	};
	const visit = (below: string, above: IgnoreMatch | null): void => {
		for (const name of listNames(path.join(folder, below))) {
			const inner = below === '' ? name : joinTexts('/', below, name);
			const status = lstatSync(path.join(folder, inner), {throwIfNoEntry: false});
			// It has been removed meanwhile.
			if (!status) continue;
			const entry = toEntry(inner, status, {folder, settled});
			const match = rules.match(inner, above);
			if (match.isIgnored && (entry.kind !== 'folder' || !rules.mayHoldException(inner))) {
				skip(entry);
				continue;
			}
			const at = entries.push(entry);
			if (entry.kind === 'folder') visit(inner, match);
			// BuildKit sends an ignored folder only if something in it is not ignored.
			if (match.isIgnored && entries.length === at) {
				entries.pop();
				skip(entry);
			}
		}
	};
	visit('', null);
	return {entries, ignored};
};

/** In one piece: V8 would keep the parts of a template, too, which is half of the memory for 100,000 files. */
const joinTexts = (between: string, ...parts: Array<string | number>): string => parts.join(between);

const listNames = (folder: string): string[] => {
	try {
		return readdirSync(folder).sort();
	} catch (error) {
		throw unreadable(folder, error);
	}
};

const unreadable = (place: string, error: unknown): UserError =>
	new UserError(messages.explain.unreadable(place, describeError(error)), {exitCode: 3, cause: error});

const toEntry = (
	inner: string,
	status: Stats,
	{folder, settled}: {folder: string; settled: number},
): ContextEntry => {
	const kind = status.isFile()
		? 'file'
		: status.isDirectory()
			? 'folder'
			: status.isSymbolicLink()
				? 'link'
				: 'other';
	const {ino, mtimeMs, size} = status;
	return {
		path: inner,
		kind,
		// BuildKit gives files from Windows, which has no modes, this one.
		mode: process.platform === 'win32' ? 0o755 : status.mode & 0o7777,
		bytes: kind === 'file' ? size : 0,
		target: kind === 'link' ? readlinkSync(path.join(folder, inner)) : '',
		stamp: kind === 'file' && mtimeMs < settled ? joinTexts(' ', ino, mtimeMs, size) : '',
	};
};

/** Files that are hashed at the same time. */
const concurrency = 8;

/** Bytes that are read at once. */
const chunkBytes = 128 * 1024;

/** Hashes files of a build context, by path. Rejects with a `UserError` for a file that can't be read. */
export const hashContextFiles = async (
	folder: string,
	files: ReadonlyArray<Pick<ContextEntry, 'path' | 'bytes'>>,
): Promise<Map<string, string>> => {
	const hashes = new Map<string, string>();
	const queue = files.values();
	const work = async (): Promise<void> => {
		const buffer = Buffer.allocUnsafe(chunkBytes);
		for (const {path: file, bytes} of queue)
			hashes.set(file, await hashFile(path.join(folder, file), bytes, buffer));
	};
	await Promise.all(Array.from({length: concurrency}, work));
	return hashes;
};

// Handles as numbers: an object for each of 100,000 files takes twice the time and memory.
const [openFile, readPiece, closeFile] = [promisify(open), promisify(read), promisify(close)];

/** `bytes`: the size of the file; what is added meanwhile is left out. */
const hashFile = async (file: string, bytes: number, buffer: Buffer): Promise<string> => {
	let descriptor: number | null = null;
	try {
		descriptor = await openFile(file, 'r');
		const hash = createHash('sha256');
		for (let left = bytes; left > 0; ) {
			const {bytesRead} = await readPiece(descriptor, buffer, 0, Math.min(left, buffer.length), null);
			if (bytesRead === 0) break;
			hash.update(buffer.subarray(0, bytesRead));
			left -= bytesRead;
		}
		return hash.digest('base64url');
	} catch (error) {
		throw unreadable(file, error);
	} finally {
		if (descriptor !== null) await closeFile(descriptor);
	}
};
