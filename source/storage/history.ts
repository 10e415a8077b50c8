import {appendFileSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import type {History} from '../session/ports.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** So many lines are kept; the file is cut when it has twice as many. */
const keptLines = 500;

/** Typed lines in a file of the state folder, one JSON string a line: a pasted command may have several lines. */
export const createHistory = (stateFolder: string): History => {
	const file = path.join(stateFolder, 'history');
	return {
		load() {
			const lines = readLines(file);
			if (lines.length > 2 * keptLines) rewrite(file, lines.slice(-keptLines));
			return lines.slice(-keptLines);
		},
		append(line) {
			try {
				makePrivateFolder(stateFolder);
				appendFileSync(file, `${JSON.stringify(line)}\n`, privateFile);
			} catch {
				// A history that can't be kept stops nobody from working.
			}
		},
	};
};

const readLines = (file: string): string[] => {
	try {
		return readFileSync(file, 'utf8')
			.split('\n')
			.flatMap(row => {
				const line = parseRow(row);
				return line === null ? [] : [line];
			});
	} catch {
		return [];
	}
};

/** Null for a row that is none of ours. */
const parseRow = (row: string): string | null => {
	try {
		const line: unknown = JSON.parse(row);
		return typeof line === 'string' ? line : null;
	} catch {
		return null;
	}
};

const rewrite = (file: string, lines: string[]): void => {
	try {
		writeFileAtomicSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''), privateFile);
	} catch {
		// It is cut another time.
	}
};
