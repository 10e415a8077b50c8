import {closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {RunRequest} from '../session/ports.js';

/** The last 20 runs are kept, 500 MB at most (design, section 9). */
const keptRuns = 20;
const keptBytes = 500e6;

type TranscriptFiles = {
	stdout: {path: string; descriptor: number};
	stderr: {path: string; descriptor: number};
	close(): void;
};

/** Where each run's output is kept whole, a folder a run: `stdout`, `stderr` and the command. */
export const createTranscripts = (stateFolder: string) => {
	const folder = path.join(stateFolder, 'transcripts');
	return {
		folder,
		/** Opens the two files that a run writes. Throws when they can't be made. */
		open(request: RunRequest): TranscriptFiles {
			dropOldest(folder);
			const own = path.join(folder, request.runId);
			mkdirSync(own, {recursive: true});
			const {argv, cwd, builder, stepId} = request;
			writeFileSync(path.join(own, 'command.json'), `${JSON.stringify({argv, cwd, builder, stepId})}\n`);
			const openStream = (name: string) => {
				const file = path.join(own, name);
				return {path: file, descriptor: openSync(file, 'w')};
			};
			const stdout = openStream('stdout');
			const stderr = openStream('stderr');
			return {
				stdout,
				stderr,
				close() {
					closeSync(stdout.descriptor);
					closeSync(stderr.descriptor);
				},
			};
		},
	};
};

/** Run ids begin with their time, so names sort by age. Room is made for one more run. */
const dropOldest = (folder: string): void => {
	let bytes = 0;
	const runs = namesIn(folder).sort().reverse();
	for (const [index, run] of runs.entries()) {
		const own = path.join(folder, run);
		for (const file of namesIn(own)) bytes += statSync(path.join(own, file)).size;
		if (index >= keptRuns - 1 || bytes > keptBytes) rmSync(own, {recursive: true, force: true});
	}
};

const namesIn = (folder: string): string[] => {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
};
