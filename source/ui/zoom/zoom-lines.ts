import type {LineLogReader} from '../../session/perform/line-logs.js';
import type {RunView} from '../../session/state.js';

/** The lines of a zoomed pane. */
export type ZoomLines = {
	total: number;
	/** Number of its first line, from 1. */
	firstNumber: number;
	read(from: number, count: number): string[];
	/** Why lines are missing; null when none is. */
	problem: string | null;
};

/** The whole log of a stage of a run; where that can't be read, the end that every pane has. */
export const zoomLines = (reader: LineLogReader, run: RunView, stage: string | null): ZoomLines => {
	const log = {runId: run.runId, stage};
	const {lineCount, problem} = reader.size(log);
	if (lineCount > 0 && reader.read(log, 0, 1).length > 0) {
		return {
			total: lineCount,
			firstNumber: 1,
			read: (from, count) => reader.read(log, from, count),
			problem,
		};
	}
	const {tail, count} = endOf(run, stage);
	return {
		total: tail.length,
		firstNumber: count - tail.length + 1,
		read: (from, rows) => tail.slice(from, from + rows),
		problem: tail.length > 0 ? reader.size(log).problem : null,
	};
};

const endOf = ({build, output}: RunView, name: string | null): {tail: string[]; count: number} => {
	if (!build) return {tail: output.lines, count: output.lineCount};
	const stage = build.stages.find(candidate => candidate.name === name);
	return stage
		? {tail: stage.tail, count: stage.lineCount}
		: {tail: build.outside, count: build.outside.length};
};
