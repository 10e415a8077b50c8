import {closeSync, openSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {messages} from '../messages/index.js';
import type {LineLogName, LineLogs} from '../session/ports.js';
import {cleanLine, stripColours} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {createRunLog, type LogFile, type RunLog} from './run-log.js';

/** Line logs, with one file per run. `openFile` must not touch the disk before the first write. */
export const createLineLogs = (openFile: (runId: string) => LogFile): LineLogs => {
	const runs = new Map<string, RunLog>();
	const piecesOf =
		({runId, stage}: LineLogName) =>
		(from: number, direction: 1 | -1) =>
			runs.get(runId)?.pieces(stage, from, direction) ?? [];
	return {
		open(runId) {
			const run = createRunLog(openFile(runId));
			runs.set(runId, run);
			return run;
		},
		size: ({runId, stage}) => runs.get(runId)?.size(stage) ?? {lineCount: 0, problem: null},
		read(log, from, count) {
			const read: string[] = [];
			for (const {first, lines} of piecesOf(log)(from, 1)) {
				const start = Math.max(0, from - first);
				read.push(...lines.split('\n').slice(start, start + count - read.length));
				if (read.length >= count) break;
			}
			return read.map(cleanLine);
		},
		search: (log, wanted, signal) => searchLines(piecesOf(log), wanted, signal),
		copy: (log, target) => copyLines(piecesOf(log), target),
	};
};

/** Pieces of a log, as returned by `RunLog.pieces`. */
type LogPieces = (from: number, direction: 1 | -1) => Iterable<{first: number; lines: string}>;

/** Milliseconds of work before keys and output get their turn. */
const maxTurnMs = 8;

/** Characters that change how a line is shown, except for colours. */
const needsCleaning = /(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/u;

/** Implements the search of `LineLogReader`. */
const searchLines = async (
	pieces: LogPieces,
	{text, from, direction}: {text: string; from: number; direction: 1 | -1},
	signal: AbortSignal,
): Promise<number | null> => {
	const fold = chooseFolding(text);
	const wanted = fold(text);
	const isWanted = (line: number) => (direction === 1 ? line >= from : line <= from);
	let until = performance.now() + maxTurnMs;
	for (const {first, lines} of pieces(from, direction)) {
		const bare = stripColours(lines);
		const shown = needsCleaning.test(bare)
			? lines.split('\n').map(cleanLine).map(stripColours).join('\n')
			: bare;
		if (fold(shown).includes(wanted)) {
			const hits = shown
				.split('\n')
				.flatMap((line, index) =>
					isWanted(first + index) && fold(line).includes(wanted) ? [first + index] : [],
				);
			const hit = direction === 1 ? hits[0] : hits.at(-1);
			if (hit !== undefined) return hit;
		}
		if (performance.now() < until) continue;
		await nextTurn();
		if (signal.aborted) return null;
		until = performance.now() + maxTurnMs;
	}
	return null;
};

/** Ignores case unless the text contains capitals. */
const chooseFolding = (text: string): ((line: string) => string) =>
	text === text.toLowerCase() ? line => line.toLowerCase() : line => line;

/** The number of names to try; nobody makes as many copies of one log. */
const maxCopies = 1000;

/** Implements the copy of `LineLogReader`. */
const copyLines = async (pieces: LogPieces, {folders, name}: {folders: string[]; name: string}) => {
	let problem: unknown;
	for (const folder of folders) {
		try {
			const opened = openNewFile(folder, name);
			return {file: opened.file, lineCount: await writeLines(opened, pieces)};
		} catch (error) {
			problem ??= error;
		}
	}
	const code = problem instanceof Error && 'code' in problem ? String(problem.code) : null;
	throw new UserError(messages.storage.log.notCopied(folders, code), {cause: problem});
};

/** Opens a file that did not exist before. */
const openNewFile = (folder: string, name: string): {file: string; descriptor: number} => {
	for (let copy = 1; ; copy++) {
		const file = path.join(folder, copy === 1 ? `${name}.log` : `${name}-${copy}.log`);
		try {
			return {file, descriptor: openSync(file, 'wx')};
		} catch (error) {
			const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
			if (!isThere || copy === maxCopies) throw error;
		}
	}
};

/** Removes an incomplete copy. */
const writeLines = async ({file, descriptor}: {file: string; descriptor: number}, pieces: LogPieces) => {
	let lineCount = 0;
	let isWhole = false;
	try {
		for (const {lines: printed} of pieces(0, 1)) {
			const lines = printed.split('\n').map(line => stripColours(cleanLine(line)));
			writeFileSync(descriptor, `${lines.join('\n')}\n`);
			lineCount += lines.length;
			await nextTurn();
		}
		isWhole = true;
		return lineCount;
	} finally {
		closeSync(descriptor);
		if (!isWhole) rmSync(file, {force: true});
	}
};
