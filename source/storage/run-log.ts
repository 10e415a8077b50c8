import type {LineLogSize, LineLogWriter} from '../session/perform/line-logs.js';
import {createLinePieces, type LinePiece} from './line-pieces.js';
import type {LogFile} from './log-file.js';

/** A stage's lines are written out at the latest after so many, which so have an offset each (design, section 6). */
const linesPerExtent = 1000;
/** Characters that all stages of a run together hold back at most. */
const heldLimit = 256 * 1024;
/** Bytes of pieces that are held back. Large pieces, as a flood brings them, go to the file without a copy. */
const pieceLimit = 32 * 1024;

/** Lines of one stage that stand together in the file. `first`: the first of them, from 0. */
type Extent = {first: number; count: number; offset: number; length: number};

/** What is held back is counted in `lineCount` already; a stage gets either lines or pieces of lines. */
type StageLines = {extents: Extent[]; lineCount: number; held: string[]; pieces: LinePiece[]};

/** The lines of one run, all stages in one file. */
export type RunLog = LineLogWriter & {
	size(stage: string | null): LineLogSize;
	/**
	 * Lines as they were printed, in pieces, from the one that holds line `from`, towards the end or the beginning; those
	 * that come while it is read are left out. `first`: the first line of a piece.
	 */
	pieces(stage: string | null, from: number, direction: 1 | -1): Generator<{first: number; lines: string}>;
};

/** `lines` of a piece are joined by line feeds, so that a search need not split them. */
export const createRunLog = (file: LogFile): RunLog => {
	const stages = new Map<string | null, StageLines>();
	let fileLength = 0;
	let heldLength = 0;
	let problem: string | null = null;
	let isGone = false;

	const flush = (stage: StageLines): void => {
		if (stage.held.length + stage.pieces.length === 0) return;
		const {bytes, count, heldLength: written} = takeHeld(stage);
		heldLength -= written;
		const first = stage.lineCount - count;
		try {
			file.write(bytes, fileLength);
			stage.extents.push({first, count, offset: fileLength, length: bytes.length});
			fileLength += bytes.length;
		} catch (error) {
			problem = `From here on no line could be kept: ${reasonOf(error)}.`;
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
			if (isGone) return {lineCount: 0, problem: 'The whole log is no longer on the disk.'};
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

/** Takes what a stage holds back, as it will stand in the file. `heldLength`: as it was counted when it came. */
const takeHeld = (stage: StageLines): {bytes: Buffer; count: number; heldLength: number} => {
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

/** The extents there are now, from the one that holds a line on. */
function* extentsFrom(extents: Extent[], line: number, direction: 1 | -1): Generator<Extent> {
	const end = extents.length;
	for (let index = extentAt(extents, line); index >= 0 && index < end; index += direction) {
		const extent = extents[index];
		if (extent) yield extent;
	}
}

/** The extent that holds a line; the last one for lines behind the end. */
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

/** Null when it can't be read whole: somebody has removed or cut the file. */
const readExtent = (file: LogFile, {offset, length}: Extent): Buffer | null => {
	try {
		const bytes = file.read(offset, length);
		return bytes.length === length ? bytes : null;
	} catch {
		return null;
	}
};

const reasonOf = (error: unknown): string => {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	if (code === 'ENOSPC') return 'the disk is full';
	return code === 'ENOENT' ? 'its folder has been removed' : String(code ?? error);
};
