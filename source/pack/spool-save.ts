import {createWriteStream} from 'node:fs';
import path from 'node:path';
import {Readable, type Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import zlib from 'node:zlib';
import {extract} from 'tar-stream';
import {UserError} from '../text/user-error.js';
import {createHashStream} from './hash-stream.js';

/** A file of a saved image: unpacked where it was packed. */
export type SpooledFile = {file: string; sha256: string};

/**
 * Takes apart what `docker save` writes: each file into one of its own in `folder`, found by its path in the archive.
 * Layers are unpacked on the way, as the containerd store saves them packed and the others don't.
 */
export const spoolSave = async (
	archive: Readable,
	folder: string,
	onBytes: (done: number) => void,
	signal: AbortSignal,
): Promise<Map<string, SpooledFile>> => {
	const files = new Map<string, SpooledFile>();
	const links = new Map<string, string>();
	const entries = extract();
	const feeding = pipeline(archive, createHashStream(onBytes).stream, entries, {signal});
	// Whatever ends it ends the loop below, too, which is waited for.
	feeding.catch(() => {});
	for await (const entry of entries) {
		const {name, type, linkname} = entry.header;
		if (type === 'file') {
			const file = path.join(folder, String(files.size));
			files.set(path.posix.normalize(name), {file, sha256: await spool(entry, file, signal)});
		} else {
			// Engine 20 saves a layer that is there twice as a link to the first.
			if (type === 'symlink' && linkname)
				links.set(name, path.posix.join(path.posix.dirname(name), linkname));
			entry.resume();
		}
	}
	await feeding;
	for (const [name, target] of links) {
		const linked = files.get(target);
		if (linked) files.set(path.posix.normalize(name), linked);
	}
	return files;
};

const spool = async (entry: AsyncIterable<unknown>, file: string, signal: AbortSignal): Promise<string> => {
	const hash = createHashStream();
	const {head, whole} = await peek(entry);
	const target = createWriteStream(file);
	const unpack = unpackerFor(head);
	if (unpack) await pipeline(Readable.from(whole), unpack, hash.stream, target, {signal});
	else await pipeline(Readable.from(whole), hash.stream, target, {signal});
	return hash.digest();
};

/** The first bytes, four where there are so many, and everything with them. */
const peek = async (entry: AsyncIterable<unknown>): Promise<{head: Buffer; whole: AsyncIterable<Buffer>}> => {
	const chunks = (entry as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < 4) {
		const {value, done} = await chunks.next();
		if (done) break;
		head = Buffer.concat([head, value]);
	}
	const whole = async function* () {
		yield head;
		for (;;) {
			const {value, done} = await chunks.next();
			if (done) return;
			yield value;
		}
	};
	return {head, whole: whole()};
};

const unpackerFor = (head: Buffer): Transform | null => {
	if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) {
		return zlib.createGunzip();
	}
	if (head.length < 4 || head.readUInt32BE(0) !== 0x28b52ffd) return null;
	// Node has it from 22.15 on.
	const {createZstdDecompress} = zlib as {createZstdDecompress?: () => Transform};
	if (createZstdDecompress) return createZstdDecompress();
	throw new UserError('A layer is packed with zstd, which this Node can’t unpack.', {
		next: 'make the pack with Node 22.15 or newer',
	});
};
