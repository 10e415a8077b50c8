import {createHash} from 'node:crypto';
import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {messages} from '../messages/index.js';
import {fileKind, listFolder, openPlainFile} from '../storage/files.js';
import {combineHashes, hashFolder} from '../storage/hashes.js';
import {damagedPackError, forgedPackError, type PackedFile, programFile, startPage} from './manifest.js';

/**
 * Every file of a pack except the archives and the manifest: program, tarball, start page, and everything in
 * `workshops/`, of any kind. Ignores the learner's other files in the folder. Throws a `UserError` if a folder can't be
 * read.
 */
export const listParts = (folder: string): string[] => {
	const top = readdirSync(folder).filter(
		name => name === programFile || name === startPage || name.endsWith('.tgz'),
	);
	const workshops = path.join(folder, 'workshops');
	// A link in its place is reported when its files are located.
	const isThere = lstatSync(workshops, {throwIfNoEntry: false})?.isDirectory();
	const inside = (isThere ? listFolder(workshops) : []).flatMap(({path: file, kind, trouble}) => {
		if (trouble) throw damagedPackError(messages.pack.damaged.unreadable(`workshops/${file}`, trouble));
		return kind === 'folder' || isFileManagerFile(file) ? [] : [`workshops/${file}`];
	});
	return [...top, ...inside].sort();
};

/**
 * The path of a file that a manifest names. Throws a `UserError` if the file is missing, has another size, is outside
 * the pack's folder, or if it or a folder above it is a link or a special file. Opens nothing.
 */
export const locateFile = (folder: string, {file, bytes}: PackedFile): string => {
	const {damaged, forged} = messages.pack;
	const parts = splitInside(file);
	let target = folder;
	for (const [index, part] of parts.entries()) {
		target = path.join(target, part);
		const status = lstatSync(target, {throwIfNoEntry: false});
		if (!status) throw damagedPackError(damaged.missing(file));
		const isLast = index === parts.length - 1;
		if (isLast ? !status.isFile() : !status.isDirectory()) {
			const where = parts.slice(0, index + 1).join('/');
			throw forgedPackError(forged.otherKind(where, fileKind(status), isLast ? 'file' : 'folder'));
		}
		if (isLast && status.size < bytes) throw damagedPackError(damaged.tooShort(file, status.size, bytes));
		if (isLast && status.size > bytes) throw damagedPackError(damaged.tooLong(file, status.size, bytes));
	}
	return target;
};

/** The parts of a path that a manifest names. Throws a `UserError` if it leads out of the pack's folder. */
export const splitInside = (file: string): string[] => {
	const parts = file.split('/');
	const isInside = parts.every(part => part !== '' && part !== '.' && part !== '..');
	if (!isInside || /\\|^\w:|\0/.test(file)) throw forgedPackError(messages.pack.forged.outside(file));
	return parts;
};

/** Bytes per read, always into the same two buffers: a stream would leave each piece to the garbage collector. */
const maxPieceBytes = 1024 * 1024;

/** The SHA-256 (hexadecimal) and the size of a plain file. Rejects if it isn't one, or can't be read. */
export const hashFile = async (file: string, onBytes: (done: number) => void, signal: AbortSignal) => {
	const hash = createHash('sha256');
	const handle = await openPlainFile(file);
	const {size} = await handle.stat();
	const pieceBytes = Math.min(maxPieceBytes, size + 1);
	const read = (piece: Buffer) => handle.read(piece, 0, pieceBytes);
	let [piece, other] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)];
	let reading = read(piece);
	try {
		let bytes = 0;
		for (;;) {
			const {bytesRead} = await reading;
			signal.throwIfAborted();
			if (bytesRead === 0) return {sha256: hash.digest('hex'), bytes};
			const whole = piece;
			// The next piece is read while this one is hashed.
			[piece, other] = [other, piece];
			reading = read(piece);
			hash.update(whole.subarray(0, bytesRead));
			bytes += bytesRead;
			onBytes(bytes);
		}
	} finally {
		await reading.catch(() => {});
		await handle.close();
	}
};

/** Whether file managers leave such a file in each folder that they show. */
const isFileManagerFile = (file: string): boolean =>
	/(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i.test(file);

/** The hash of a workshop's folder, without such files. Throws a `UserError` if it can't be read. */
export const hashWorkshop = (folder: string): string =>
	combineHashes([...hashFolder(folder).files].filter(([file]) => !isFileManagerFile(file)));
