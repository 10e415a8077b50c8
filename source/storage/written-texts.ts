import {appendFileSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {tryRead} from './files.js';
import {sha256} from './hashes.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** Which texts the program itself has put in place of a learner's: those of solutions, repairs and patches. */
export type WrittenTexts = {
	/** Notes what a file is now, by its absolute path; null: it is gone, and what comes is the learner's. */
	note(file: string, bytes: Buffer | null): void;
	/** Whether a file still is as the program has written it. */
	has(file: string, bytes: Buffer): boolean;
};

/**
 * Notes them in a file of the state folder, one JSON row of path and hash for each write; the last row of a path counts.
 * Comparing with the solution instead would take a file for ours that the learner wrote, and got right.
 */
export const createWrittenTexts = (stateFolder: string): WrittenTexts => {
	const log = path.join(stateFolder, 'written');
	const last = (file: string): string | null =>
		readRows(log).findLast(([noted]) => noted === file)?.[1] ?? null;
	return {
		note(file, bytes) {
			const hash = bytes && sha256(bytes);
			if (last(file) === hash) return;
			try {
				makePrivateFolder(stateFolder);
				appendFileSync(log, `${JSON.stringify([file, hash])}\n`, privateFile);
			} catch {
				// Then clean-up takes the file for the learner's, and keeps it.
			}
		},
		has: (file, bytes) => last(file) === sha256(bytes),
	};
};

/** Skips rows that a crash cut off. */
const readRows = (log: string): Array<[file: string, hash: string | null]> =>
	(tryRead(() => readFileSync(log, 'utf8')) ?? '').split('\n').flatMap(line => {
		const row: unknown = tryRead(() => JSON.parse(line));
		return Array.isArray(row) ? [[String(row[0]), row[1] === null ? null : String(row[1])]] : [];
	});
