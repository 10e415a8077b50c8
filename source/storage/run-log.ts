import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import {messages} from '../messages/index.js';
import type {LineLogSize, LineLogWriter} from '../session/ports.js';
import {describeError} from '../text/wording.js';
import {privateFile} from './state-folder.js';

/** Lines after which a stage is written out, as a block with an offset (design, section 6). */
const linesPerExtent = 1000;
/** Characters that all stages of a run may hold back together. */
const heldLimit = 256 * 1024;
/** Bytes of pieces that may be held back. Large pieces, as in a flood, go to the file without a copy. */
const pieceLimit = 32 * 1024;

/** Consecutive lines of one stage in the file. `first`: the number of the first, from 0. */
type Extent = {first: number; count: number; offset: number; length: number};

/** `lineCount` includes what is held back. A stage has either lines or pieces of lines. */
type StageLines = {extents: Extent[]; lineCount: number; held: string[]; pieces: LinePiece[]};

/** The lines of one run, all stages in one file. */
export type RunLog = LineLogWriter & {
	size(stage: string | null): LineLogSize;
	/**
	 * Lines as printed, in pieces: from the piece that contains line `from`, towards the end or the beginning, without
	 * lines that arrive meanwhile. `first`: the first line of a piece.
	 */
	pieces(stage: string | null, from: number, direction: 1 | -1): Generator<{first: number; lines: string}>;
};

/** Creates the log of one run. Line feeds join the `lines` of a piece, so that a search need not split them. */
export const createRunLog = (file: LogFile): RunLog => {
	const stages = new Map<string | null, StageLines>();
	let fileLength = 0;
	let heldLength = 0;
	let problem: string | null = null;
	let isGone = false;

	const flush = (stage: StageLines): void => {
		if (stage.held.length + stage.pieces.length === 0) return;
		const {bytes, count, heldLength: written} = drainHeld(stage);
		heldLength -= written;
		const first = stage.lineCount - count;
		try {
			file.write(bytes, fileLength);
			stage.extents.push({first, count, offset: fileLength, length: bytes.length});
			fileLength += bytes.length;
		} catch (error) {
			problem = messages.storage.log.cutOff(describeWriteError(error));
			stage.lineCount = first;
		}
	};
	const flushAll = () => {
		for (const stage of stages.values()) flush(stage);
	};
	const stageOf = (name: string | null): StageLines => {
		const stage = stages.get(name) ?? {extents: [], lineCount: 0, held: [], pieces: []};
		stages.set(name, stage);
		return stage;
	};
	const takePiece = (piece: LinePiece): void => {
		if (problem !== null) return;
		const stage = stageOf(null);
		heldLength += piece.bytes.length;
		const isFull = heldLength > pieceLimit;
		stage.pieces.push(isFull ? piece : {...piece, bytes: Buffer.from(piece.bytes)});
		stage.lineCount += piece.count;
		if (isFull) flush(stage);
	};
	const streams = {stdout: createLinePieces(takePiece), stderr: createLinePieces(takePiece)};
	return {
		append(name, line) {
			if (problem !== null) return;
			const stage = stageOf(name);
			stage.held.push(line);
			stage.lineCount++;
			heldLength += line.length + 1;
			if (stage.held.length >= linesPerExtent) flush(stage);
			else if (heldLength > heldLimit) flushAll();
		},
		appendBytes: (stream, bytes) => streams[stream].push(bytes),
		end() {
			streams.stdout.end();
			streams.stderr.end();
			flushAll();
			file.close();
		},
		size(name) {
			const stage = stages.get(name);
			if (stage) flush(stage);
			if (isGone) return {lineCount: 0, problem: messages.storage.log.gone};
			return {lineCount: stage?.lineCount ?? 0, problem};
		},
		*pieces(name, from, direction) {
			const stage = stages.get(name);
			if (!stage) return;
			flush(stage);
			for (const extent of extentsFrom(stage.extents, from, direction)) {
				const bytes = readExtent(file, extent);
				isGone = !bytes;
				if (!bytes) return;
				yield {first: extent.first, lines: bytes.toString()};
			}
		},
	};
};

/** Takes what a stage holds back, as bytes for the file. `heldLength`: as counted when it arrived. */
const drainHeld = (stage: StageLines): {bytes: Buffer; count: number; heldLength: number} => {
	const {held, pieces} = stage;
	stage.held = [];
	stage.pieces = [];
	if (held.length > 0) {
		const text = held.join('\n');
		return {bytes: Buffer.from(text), count: held.length, heldLength: text.length + 1};
	}
	return {
		bytes: joinPieces(pieces),
		count: pieces.reduce((sum, piece) => sum + piece.count, 0),
		heldLength: pieces.reduce((sum, {bytes}) => sum + bytes.length, 0),
	};
};

const lineFeed = Buffer.from('\n');

const joinPieces = (pieces: LinePiece[]): Buffer => {
	const [first] = pieces;
	return first && pieces.length === 1
		? first.bytes
		: Buffer.concat(pieces.flatMap(({bytes}, index) => (index > 0 ? [lineFeed, bytes] : [bytes])));
};

/** The current extents, starting with the one that contains a line. */
function* extentsFrom(extents: Extent[], line: number, direction: 1 | -1): Generator<Extent> {
	const end = extents.length;
	for (let index = extentAt(extents, line); index >= 0 && index < end; index += direction) {
		const extent = extents[index];
		if (extent) yield extent;
	}
}

/** The index of the extent with a line; of the last one for lines after the end. */
const extentAt = (extents: Extent[], line: number): number => {
	let low = 0;
	let high = extents.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((extents[middle]?.first ?? 0) <= line) low = middle;
		else high = middle - 1;
	}
	return low;
};

/** Null if it can't be read whole: the file was removed or truncated. */
const readExtent = (file: LogFile, {offset, length}: Extent): Buffer | null => {
	try {
		const bytes = file.read(offset, length);
		return bytes.length === length ? bytes : null;
	} catch {
		return null;
	}
};

const describeWriteError = (error: unknown): string =>
	(error as {code?: unknown}).code === 'ENOENT' ? messages.storage.log.folderRemoved : describeError(error);

const newline = 0x0a;

/** Bytes to keep of a line; the rest is dropped. */
const longestLine = 64 * 1024;
/** The approximate number of bytes to pass on at once. */
const longestPiece = 64 * 1024;

/** Whole lines, without the end of the last one. The bytes are valid until `onPiece` returns. */
type LinePiece = {bytes: Buffer; count: number};

/** Splits bytes at line ends, however they arrive, without inspecting the lines. */
const createLinePieces = (onPiece: (piece: LinePiece) => void) => {
	let begun: Buffer[] = [];
	let begunLength = 0;
	const begin = (bytes: Buffer): void => {
		// A copy: the caller may read the next bytes into the same buffer.
		const part = Buffer.from(bytes.subarray(0, longestLine - begunLength));
		if (part.length === 0) return;
		begun.push(part);
		begunLength += part.length;
	};
	const finish = (): Buffer => {
		const bytes = Buffer.concat(begun);
		begun = [];
		begunLength = 0;
		return bytes;
	};
	return {
		push(piece: Uint8Array) {
			const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
			const firstEnd = bytes.indexOf(newline);
			if (firstEnd === -1) return begin(bytes);
			begin(bytes.subarray(0, firstEnd));
			onPiece({bytes: finish(), count: 1});
			let from = firstEnd + 1;
			for (let end = findPieceEnd(bytes, from); end !== -1; end = findPieceEnd(bytes, from)) {
				onPiece({bytes: bytes.subarray(from, end), count: countLines(bytes, from, end)});
				from = end + 1;
			}
			begin(bytes.subarray(from));
		},
		end() {
			if (begunLength > 0) onPiece({bytes: finish(), count: 1});
		},
	};
};

/** The end of the last line that fits into a piece, else of the next line; -1 if no further line ends. */
const findPieceEnd = (bytes: Buffer, from: number): number => {
	const last = bytes.subarray(from, from + longestPiece).lastIndexOf(newline);
	return last === -1 ? bytes.indexOf(newline, from) : from + last;
};

const countLines = (bytes: Buffer, from: number, end: number): number => {
	let count = 1;
	for (let at = bytes.indexOf(newline, from); at !== -1 && at < end; at = bytes.indexOf(newline, at + 1))
		count++;
	return count;
};

/** Bytes that only grow. All three functions throw the system's error. */
export type LogFile = {
	/** Writes all bytes at `offset`, and may discard what followed. */
	write(bytes: Uint8Array, offset: number): void;
	/** Returns fewer bytes than requested if the file is shorter. */
	read(offset: number, length: number): Buffer;
	/** Ends writing. Reading still works. */
	close(): void;
};

/** A log file on the disk, created by the first write. Its folder must exist. */
export const createLogFile = (path: string): LogFile => {
	let descriptor: number | null = null;
	return {
		write(bytes, offset) {
			descriptor ??= openSync(path, 'w+', privateFile.mode);
			let written = 0;
			while (written < bytes.length) {
				written += writeSync(descriptor, bytes, written, bytes.length - written, offset + written);
			}
		},
		read(offset, length) {
			if (descriptor !== null) return readFrom(descriptor, offset, length);
			const opened = openSync(path, 'r');
			try {
				return readFrom(opened, offset, length);
			} finally {
				closeSync(opened);
			}
		},
		close() {
			if (descriptor !== null) closeSync(descriptor);
			descriptor = null;
		},
	};
};

const readFrom = (descriptor: number, offset: number, length: number): Buffer => {
	const bytes = Buffer.allocUnsafe(length);
	return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
};

/** A log file in memory, for recordings, which are small and in memory anyway. */
export const createMemoryFile = (): LogFile => {
	let pieces: Buffer[] = [];
	return {
		write(bytes, offset) {
			const before = pieces.reduce((sum, {length}) => sum + length, 0);
			if (before !== offset) pieces = [Buffer.concat(pieces).subarray(0, offset)];
			pieces.push(Buffer.from(bytes));
		},
		read(offset, length) {
			if (pieces.length > 1) pieces = [Buffer.concat(pieces)];
			return pieces[0]?.subarray(offset, offset + length) ?? Buffer.alloc(0);
		},
		close() {},
	};
};
