import {closeSync, openSync, rmSync, writeSync} from 'node:fs';
import path from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {cleanLine, stripColours} from '../text/clean-line.js';
import {UserError} from '../text/user-error.js';
import type {Pieces} from './search-lines.js';

/** Names that are tried: nobody has copied one log so often. */
const mostCopies = 1000;

/** The copy of `LineLogReader`. */
export const copyLines = async (
	pieces: Pieces,
	{folders, name}: {folders: string[]; name: string},
): Promise<{file: string; lineCount: number}> => {
	let problem: unknown;
	for (const folder of folders) {
		try {
			const opened = openNew(folder, name);
			return {file: opened.file, lineCount: await fill(opened, pieces)};
		} catch (error) {
			problem ??= error;
		}
	}
	const code = problem instanceof Error && 'code' in problem ? ` (${problem.code})` : '';
	throw new UserError(`The log can't be copied to ${folders.join(' or ')}${code}.`, {
		next: 'make room there or open the workshop in another folder',
		cause: problem,
	});
};

/** A file that was not there before. */
const openNew = (folder: string, name: string): {file: string; descriptor: number} => {
	for (let copy = 1; ; copy++) {
		const file = path.join(folder, copy === 1 ? `${name}.log` : `${name}-${copy}.log`);
		try {
			return {file, descriptor: openSync(file, 'wx')};
		} catch (error) {
			const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
			if (!isThere || copy === mostCopies) throw error;
		}
	}
};

/** Half a copy is none: it is removed again. */
const fill = async (
	{file, descriptor}: {file: string; descriptor: number},
	pieces: Pieces,
): Promise<number> => {
	let lineCount = 0;
	let isWhole = false;
	try {
		for (const {lines: printed} of pieces(0, 1)) {
			const lines = printed.split('\n').map(line => stripColours(cleanLine(line)));
			writeWhole(descriptor, Buffer.from(`${lines.join('\n')}\n`));
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

const writeWhole = (descriptor: number, bytes: Buffer): void => {
	for (let written = 0; written < bytes.length; ) {
		written += writeSync(descriptor, bytes, written);
	}
};
