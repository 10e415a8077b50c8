import {unionOf} from './intervals.js';
import {createLineTail, type LineTail} from './line-tail.js';
import type {Instruction, InstructionStatus, PlannedStage, Stage, StageStatus} from './model.js';
import {isBuilding, type Place} from './place-instruction.js';

/** One instruction while it is built. Times are seconds since the build began. */
export type Entry = {
	text: string;
	line: number | null;
	status: InstructionStatus;
	/** Whether it makes a layer of files; `FROM` doesn't count. */
	isBuilding: boolean;
	isFrom: boolean;
	began: number | null;
	ended: number | null;
};

/** A stage while it is built; changed in place. */
export type StageState = {
	planned: PlannedStage;
	/** Null until the builder speaks of it. */
	from: Entry | null;
	/** What the builder does in this stage beyond the Dockerfile: ONBUILD triggers of its base image. */
	extra: Entry[];
	/** One for each planned instruction. */
	entries: Entry[];
	lines: LineTail;
	/** Grows with every change. */
	version: number;
};

export const createStageState = (planned: PlannedStage): StageState => ({
	planned,
	from: null,
	extra: [],
	entries: planned.instructions.map(instruction => ({
		...newEntry(instruction.text, instruction.line),
		isBuilding: isBuilding(instruction),
	})),
	lines: createLineTail(),
	version: 0,
});

const newEntry = (text: string, line: number | null): Entry => ({
	text,
	line,
	status: 'waiting',
	isBuilding: true,
	isFrom: false,
	began: null,
	ended: null,
});

/** The entry at a place, which takes the builder's words for it; a new one where the Dockerfile has none. */
export const entryAt = (stage: StageState, {text, position}: Omit<Place, 'stage'>): Entry => {
	stage.version++;
	if (position === 'from') {
		stage.from ??= {...newEntry(text, stage.planned.line), isBuilding: false, isFrom: true};
		stage.from.text = text;
		return stage.from;
	}
	const planned = position === null ? undefined : stage.entries[position];
	if (planned) {
		planned.text = text;
		return planned;
	}
	const entry = newEntry(text, null);
	stage.extra.push(entry);
	return entry;
};

/** All instructions but `FROM`, in order. */
export const bodyOf = (stage: StageState): Entry[] => [...stage.extra, ...stage.entries];

/** Whether the builder has done anything for it. */
export const hasBegun = (stage: StageState): boolean =>
	stage.from !== null || bodyOf(stage).some(({status}) => status !== 'waiting');

/** What a pane shows. `now`: the end, so far, of what is still running. */
export const describeStage = (
	stage: StageState,
	{status, reason, now}: {status: StageStatus; reason: string | null; now: number},
): Stage => {
	const body = bodyOf(stage);
	const intervals = body.flatMap(({status, began, ended}) =>
		began === null || status === 'cached' ? [] : [{began, ended: ended ?? now}],
	);
	const entries = stage.from ? [stage.from, ...body] : body;
	return {
		name: stage.planned.name,
		status,
		needs: stage.planned.needs,
		reason,
		...unionOf(intervals),
		instructions: settled(entries, status, hasBegun(stage)),
		lineCount: stage.lines.count(),
		tail: stage.lines.lines(),
	};
};

/**
 * Instructions as they are shown: once a stage has ended, those that the builder never listed are done up to the
 * place where it was cut off, and cancelled from there.
 */
const settled = (entries: Entry[], stageStatus: StageStatus, begun: boolean): Instruction[] => {
	let isCut = !begun;
	return entries.map(({text, status, line, began, ended, isBuilding}) => {
		if (status === 'failed' || status === 'cancelled' || (isBuilding && !isEnded(status))) isCut = true;
		return {
			text,
			status: isEnded(status) ? status : statusAtEnd(status, {stageStatus, isCut}),
			line,
			seconds:
				status === 'cached' ? 0 : began === null || ended === null ? null : roundSeconds(ended - began),
		};
	});
};

const statusAtEnd = (
	status: InstructionStatus,
	{stageStatus, isCut}: {stageStatus: StageStatus; isCut: boolean},
): InstructionStatus => {
	if (stageStatus === 'done' || stageStatus === 'cached') return 'done';
	return stageStatus === 'failed' || stageStatus === 'cancelled' ? (isCut ? 'cancelled' : 'done') : status;
};

const isEnded = (status: InstructionStatus) => status !== 'waiting' && status !== 'running';

const roundSeconds = (seconds: number) => Math.round(seconds * 1000) / 1000;
