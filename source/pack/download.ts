import {createHash, type Hash} from 'node:crypto';
import {mkdirSync, renameSync, rmSync} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import path from 'node:path';
import {messages} from '../messages/index.js';
import {translateWriteError} from './fetch-image.js';
import {damagedPackError, type PackedFile} from './manifest.js';
import {requestPatiently, type WebRequest} from './web-client.js';

/** A download of one file of a pack. */
export type Download = Omit<WebRequest, 'what' | 'headers'> & {
	part: PackedFile;
	/** Where the file goes once it is complete, absolute. */
	target: string;
	/** Where it grows, absolute; kept if the download is interrupted, and continued. */
	unfinished: string;
	/** Identifies the downloads of one program to a server that has them queue. */
	id: string;
	onBytes(done: number): void;
};

/** How far a download is. */
type State = {
	handle: FileHandle;
	/** Bytes in the file, all of them hashed. */
	done: number;
	hash: Hash;
	/** What identifies the version on the server; null if it is unknown. */
	etag: string | null;
	/** False: the server ignores or refuses ranges. */
	hasRanges: boolean;
};

/**
 * Downloads a file of a pack, from where an earlier try stopped if the server can. A file with another hash than the
 * manifest's is downloaded once more, from the start. Rejects with a `UserError` if that has another one too, or if the
 * server or the disk fails.
 */
export const downloadFile = async (download: Download): Promise<void> => {
	const {unfinished, target, part, signal} = download;
	try {
		mkdirSync(path.dirname(unfinished), {recursive: true});
		if (!(await fetchOnce(download))) {
			rmSync(unfinished);
			if (!(await fetchOnce(download)))
				throw damagedPackError(messages.pack.remote.otherBytes(part.file, download.url.host));
		}
		mkdirSync(path.dirname(target), {recursive: true});
		renameSync(unfinished, target);
	} catch (error) {
		signal.throwIfAborted();
		throw translateWriteError(error, path.dirname(target));
	}
};

/** Resolves with whether the file has the right hash. */
const fetchOnce = async (download: Download): Promise<boolean> => {
	const {part, unfinished} = download;
	const state = await openState(unfinished, part.bytes);
	try {
		download.onBytes(state.done);
		if (state.done < part.bytes) await fetchRest(download, state);
		return state.done === part.bytes && state.hash.digest('hex') === part.sha256;
	} finally {
		await state.handle.close();
	}
};

/** Opens what an earlier try left, and hashes it. */
const openState = async (file: string, bytes: number): Promise<State> => {
	const handle = await open(file, 'a+', 0o600);
	const state: State = {handle, done: 0, hash: createHash('sha256'), etag: null, hasRanges: true};
	const {size} = await handle.stat();
	if (size > bytes) await startAnew(state);
	else {
		for await (const piece of handle.createReadStream({
			autoClose: false,
			start: 0,
			highWaterMark: pieceBytes,
		}))
			state.hash.update(piece as Buffer);
		state.done = size;
	}
	return state;
};

const pieceBytes = 1024 * 1024;
/** Of 64 kB, as they come from the network: each write waits for a thread. */
const piecesPerWrite = 16;

/** Forgets what there is; resolves when the file is empty too. */
const startAnew = (state: State): Promise<void> => {
	state.done = 0;
	state.hash = createHash('sha256');
	return state.handle.truncate(0);
};

const fetchRest = (download: Download, state: State): Promise<void> => {
	const {part, id} = download;
	const request = (): WebRequest => {
		const range = state.done > 0 && state.hasRanges ? {Range: `bytes=${state.done}-`} : {};
		const condition = 'Range' in range && state.etag !== null ? {'If-Range': state.etag} : {};
		return {...download, what: part.file, headers: {'X-Download': id, ...range, ...condition}};
	};
	return requestPatiently(
		request,
		response => readInto(state, response, download),
		() => state.done,
	);
};

/** Adds the bytes of an answer to the file. Rejects if the answer was cut off, so that the request is repeated. */
const readInto = async (state: State, response: IncomingMessage, download: Download): Promise<void> => {
	const {part, target, onBytes} = download;
	// Nothing is awaited before the listeners below are there: the connection may be cut at any moment.
	let written = Promise.resolve();
	if (!continues(response, state.done, part.bytes)) {
		if (response.statusCode !== 200) {
			// A file of another length, or nonsense: without a range, the answer is the whole file.
			if (!state.hasRanges) return;
			state.hasRanges = false;
			await startAnew(state);
			throw new Error(messages.pack.remote.cutOff);
		}
		written = startAnew(state);
	}
	const {etag} = response.headers;
	// A weak one does not identify bytes.
	state.etag = etag?.startsWith('"') ? etag : null;
	const pieces: Buffer[] = [];
	const write = () => {
		const whole = Buffer.concat(pieces.splice(0));
		written = written.then(() => state.handle.appendFile(whole));
		return written.catch(error => {
			throw translateWriteError(error, path.dirname(target));
		});
	};
	// Not an iterator, which loses what has arrived when the connection is cut.
	const received = new Promise<void>((resolve, reject) => {
		response.on('end', resolve).on('error', reject);
		response.on('close', () => reject(new Error(messages.pack.remote.cutOff)));
		response.on('data', (piece: Buffer) => {
			state.hash.update(piece);
			state.done += piece.length;
			pieces.push(piece);
			onBytes(Math.min(state.done, part.bytes));
			// The rest can only be wrong, and may have no end.
			if (state.done > part.bytes) {
				response.destroy();
				resolve();
			} else if (pieces.length >= piecesPerWrite) {
				response.pause();
				write().then(() => response.resume(), reject);
			}
		});
	});
	try {
		await received;
	} finally {
		await write();
	}
	// An answer that says where it ends has ended there: the file on the server is shorter.
	const hasEnd = 'content-length' in response.headers || 'transfer-encoding' in response.headers;
	if (state.done < part.bytes && !hasEnd) throw new Error(messages.pack.remote.cutOff);
};

/** Whether an answer begins where the file ends, and has the rest of it. */
const continues = ({statusCode, headers}: IncomingMessage, done: number, bytes: number): boolean =>
	statusCode === 206 && headers['content-range'] === `bytes ${done}-${bytes - 1}/${bytes}`;
