import {appendFileSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import type {History} from '../session/ports.js';
import {tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The number of lines to keep. The file is truncated once it has twice as many. */
const keptLines = 500;

/**
 * The typed lines, in a file of the state folder, one JSON string per line: a pasted command may have several lines.
 */
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
				// The session continues without a history.
			}
		},
	};
};

/** Skips lines that this program did not write. */
const readLines = (file: string): string[] =>
	(tryRead(() => readFileSync(file, 'utf8')) ?? '').split('\n').flatMap(row => {
		const line: unknown = tryRead(() => JSON.parse(row));
		return typeof line === 'string' ? [line] : [];
	});

const rewrite = (file: string, lines: string[]): void => {
	try {
		writeFileAtomicSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''), privateFile);
	} catch {
		// Another session is truncating it.
	}
};
