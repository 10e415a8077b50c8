import type {LineLogName, LineLogs} from '../session/perform/line-logs.js';
import {cleanLine} from '../text/clean-line.js';
import {copyLines} from './copy-lines.js';
import type {LogFile} from './log-file.js';
import {createRunLog, type RunLog} from './run-log.js';
import {searchLines} from './search-lines.js';

/** Line logs, each run's in a file of its own. `openFile` must not touch the disk before something is written. */
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
