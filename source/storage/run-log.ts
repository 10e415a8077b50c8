import type {LineLogSize, LineLogWriter} from '../session/line-logs.js';
import type {LogFile} from './log-file.js';

/** A stage's lines are written out at the latest after so many, which so have an offset each (design, section 6). */
const linesPerExtent = 1000;
/** Characters that all stages of a run together hold back at most. */
const heldLimit = 256 * 1024;

/** Lines of one stage that stand together in the file. `first`: the first of them, from 0. */
type Extent = {first: number; count: number; offset: number; length: number};

type StageLines = {extents: Extent[]; lineCount: number; held: string[]};

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
		const {held, extents} = stage;
		if (held.length === 0) return;
		stage.held = [];
		const text = held.join('\n');
		heldLength -= text.length + 1;
		const first = stage.lineCount - held.length;
		try {
			const bytes = Buffer.from(text);
			file.write(bytes, fileLength);
			extents.push({first, count: held.length, offset: fileLength, length: bytes.length});
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
		const stage = stages.get(name) ?? {extents: [], lineCount: 0, held: []};
		stages.set(name, stage);
		return stage;
	};
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
		end() {
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
			const end = stage.extents.length;
			for (let index = extentAt(stage.extents, from); index >= 0 && index < end; index += direction) {
				const extent = stage.extents[index];
				if (!extent) return;
				const bytes = readExtent(file, extent);
				isGone = !bytes;
				if (!bytes) return;
				yield {first: extent.first, lines: bytes.toString()};
			}
		},
	};
};

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
