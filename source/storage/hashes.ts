import {createHash} from 'node:crypto';
import {existsSync, lstatSync, readFileSync, readlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {isInside, listFolder, listNames, tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The hash of a folder, and those of its files. */
export type FolderHash = {
	/** Lower-case hex: the sha256 of the lines that `sha256sum` prints for all files, sorted by path. */
	hash: string;
	/** The sha256 of each file, by its path below the folder, with `/`. */
	files: ReadonlyMap<string, string>;
};

/**
 * Hashes every file below a folder with its path. Throws a `UserError` for an entry that can't be hashed: a link could
 * point to other bytes tomorrow.
 */
export const hashFolder = (folder: string): FolderHash => {
	const say = messages.storage.unhashable;
	const files = new Map<string, string>();
	for (const {path: file, kind, trouble} of listFolder(folder)) {
		const place = path.join(folder, file);
		if (trouble) throw unhashableError(say.unreadable(place, trouble));
		if (kind === 'folder') continue;
		if (kind !== 'file') throw unhashableError(say.notPlain(place));
		// Such a name could make two folders look alike.
		if (/[\n\r\\]/.test(file)) throw unhashableError(say.oddName(JSON.stringify(file)));
		try {
			files.set(file, sha256(readFileSync(place)));
		} catch (error) {
			throw unhashableError(say.unreadable(place, describeError(error)));
		}
	}
	return {hash: combineHashes(files), files};
};

/** Combines the hashes of files, sorted by path, into one. */
export const combineHashes = (files: Iterable<[file: string, hash: string]>): string =>
	sha256([...files].map(([file, hash]) => `${hash}  ./${file}\n`).join(''));

/** In lower-case hex. */
export const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');

const unhashableError = (reason: string): UserError =>
	new UserError(reason, {next: messages.storage.unhashable.next, exitCode: 2});

/**
 * A hash of the names and contents of all files in some folders below `root`. An unreadable file counts without its
 * contents.
 */
export const fingerprintFolders = (root: string, folders: string[]): string => {
	const hash = createHash('sha256');
	for (const folder of folders.filter(one => existsSync(path.join(root, one)))) {
		for (const {path: inner, kind, bytes} of listFolder(path.join(root, folder))) {
			hash.update(`${folder}/${inner}\n${kind}\n${bytes}\n`);
			if (kind === 'file') hash.update(tryRead(() => readFileSync(path.join(root, folder, inner))) ?? '');
		}
	}
	return hash.digest('hex');
};

/** More files than any workshop exports. Further ones are ignored, and so never ours. */
const maxFingerprints = 20_000;

/**
 * Fingerprints everything at and below some places, if it is in `root`: absolute path → a text that changes with the
 * contents. Doesn't follow links. Skips what can't be read.
 */
export const fingerprintPaths = (root: string, places: string[]): Record<string, string> => {
	const prints: Record<string, string> = {};
	const visited = new Set<string>();
	const visit = (place: string): void => {
		if (visited.has(place) || visited.size === maxFingerprints) return;
		visited.add(place);
		const print = fingerprintPath(place);
		if (print === null) return;
		prints[place] = print;
		if (print !== folderFingerprint) return;
		for (const name of listNames(place)) visit(path.join(place, name));
	};
	for (const place of places) {
		// The lab folder itself is not one of its files.
		if (place === root) for (const name of listNames(root)) visit(path.join(root, name));
		else if (place.startsWith(root + path.sep) && isInside(path.dirname(place), root)) {
			addParents(place, root, prints);
			visit(place);
		}
	}
	return prints;
};

/** The fingerprint of every folder: clean-up removes only empty ones, so others' files keep it. */
const folderFingerprint = 'folder';

/** Adds the parent folders, which the command may have created. */
const addParents = (place: string, root: string, prints: Record<string, string>): void => {
	for (let folder = path.dirname(place); folder !== root; folder = path.dirname(folder)) {
		const print = fingerprintPath(folder);
		if (print !== null) prints[folder] = print;
	}
};

const fingerprintPath = (place: string): string | null =>
	tryRead(() => {
		const stats = lstatSync(place);
		if (stats.isSymbolicLink()) return `link to ${readlinkSync(place)}`;
		if (stats.isDirectory()) return folderFingerprint;
		return stats.isFile() ? `sha256:${sha256(readFileSync(place))}` : `special ${stats.mode}`;
	});

/**
 * The hashes of workshops that this user trusts, in the state folder, in one file each, so that two programs never
 * write the same one.
 */
export const createTrustedHashes = (stateFolder: string) => {
	const fileOf = (hash: string) => path.join(stateFolder, 'trusted', hash);
	return {
		has: (hash: string): boolean => existsSync(fileOf(hash)),
		/** Saves a hash, and the folder where it was seen. Returns a sentence on failure: trust is then asked for again. */
		add(hash: string, folder: string): string | null {
			try {
				makePrivateFolder(path.dirname(fileOf(hash)));
				writeFileSync(fileOf(hash), `${folder}\n`, privateFile);
				return null;
			} catch (error) {
				return messages.storage.trustNotSaved(describeError(error));
			}
		},
	};
};
