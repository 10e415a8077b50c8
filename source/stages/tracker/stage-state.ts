import {createLineTail, type LineTail} from '../../text/lines.js';
import type {Instruction, InstructionStatus, PlannedStage, Stage, StageStatus} from '../model.js';
import {listPlannedInstructions, makesFiles, type VertexMatch} from './match-vertex.js';

/** One instruction during a build. Times are seconds since the build began. */
export type InstructionState = {
	text: string;
	line: number | null;
	status: InstructionStatus;
	/** Whether it makes a layer of files; false for `FROM`. */
	isBuilding: boolean;
	isFrom: boolean;
	/** Null if the builder gives none. */
	platform: string | null;
	/** Position among the builder's steps in the stage; 0 if it gives none. */
	number: number;
	/** Whether the builder has mentioned it; otherwise it is only expected. */
	isListed: boolean;
	began: number | null;
	ended: number | null;
};

/** A stage during a build; mutated in place. */
export type StageState = {
	planned: PlannedStage;
	/** Empty until the builder mentions it; one for each platform. */
	from: InstructionState[];
	/** Steps that are not in the Dockerfile, in the builder's order: ONBUILD triggers of the base image. */
	extra: InstructionState[];
	/** The entries of each planned instruction: one, or one for each platform. */
	slots: InstructionState[][];
	/** The vertices that the builder has named in this stage. */
	vertices: Vertex[];
	lines: LineTail;
	/** Incremented with every change. */
	version: number;
	/** What was last shown, and the key of the state that it was made from. */
	shown: {key: string; stage: Stage} | null;
};

/** An instruction and its stage. */
export type IndexedInstruction = {stage: StageState; entry: InstructionState};

/** What a builder's id refers to: a name, the ids of its inputs, and its instruction, null outside the stages. */
export type Vertex = {name: string; inputs: readonly string[]; instruction: IndexedInstruction | null};

export const createStageState = (planned: PlannedStage): StageState => ({
	planned,
	from: [],
	extra: [],
	slots: listPlannedInstructions(planned).map(instruction => [
		{...createEntry(instruction.text, instruction.line), isBuilding: makesFiles(instruction)},
	]),
	vertices: [],
	lines: createLineTail(),
	version: 0,
	shown: null,
});

const createEntry = (text: string, line: number | null): InstructionState => ({
	text,
	line,
	status: 'waiting',
	isBuilding: true,
	isFrom: false,
	platform: null,
	number: 0,
	isListed: false,
	began: null,
	ended: null,
});

/** Returns the entry at a place, updated from the builder; a new one if the Dockerfile has none there. */
export const entryAt = (stage: StageState, place: Omit<VertexMatch, 'stage'>): InstructionState => {
	stage.version++;
	const {position, platform} = place;
	const list =
		position === 'from' ? stage.from : position === null ? stage.extra : (stage.slots[position] ?? []);
	const same =
		position === null ? undefined : list.find(entry => !entry.isListed || entry.platform === platform);
	const entry = same ?? createEntryLike(stage, position, list);
	Object.assign(entry, {text: place.text, platform, number: place.number, isListed: true});
	if (!same) list.push(entry);
	if (position === null) list.sort((a, b) => a.number - b.number);
	return entry;
};

/** Creates an entry for another platform, or for a step that is not in the Dockerfile. */
const createEntryLike = (
	{planned}: StageState,
	position: VertexMatch['position'],
	[like]: InstructionState[],
): InstructionState => {
	if (position === 'from') return {...createEntry('', planned.line || null), isBuilding: false, isFrom: true};
	if (position === null || !like) return createEntry('', null);
	return {...createEntry('', like.line), isBuilding: like.isBuilding};
};

/** Returns all instructions but `FROM`, in order. */
export const listEntries = (stage: StageState): InstructionState[] => [...stage.extra, ...stage.slots.flat()];

/** Whether the builder has mentioned any of the stage. */
export const isObserved = (stage: StageState): boolean =>
	stage.from.length > 0 || listEntries(stage).some(({isListed}) => isListed);

/** Whether the builder has begun any of the stage. */
export const hasBegun = (stage: StageState): boolean =>
	stage.from.length > 0 || listEntries(stage).some(({status}) => status !== 'waiting');

/** Describes a stage as a pane shows it. `now`: the provisional end of what is still running. */
export const describeStage = (
	stage: StageState,
	{status, reason, needs, now}: {status: StageStatus; reason: string | null; needs: string[]; now: number},
): Stage => {
	const body = listEntries(stage);
	const intervals = body.flatMap(({status, began, ended}) =>
		began === null || status === 'cached' ? [] : [{began, ended: ended ?? now}],
	);
	return {
		name: stage.planned.name,
		status,
		needs,
		reason,
		...measureIntervals(intervals),
		instructions: settleInstructions([...stage.from, ...body], status, hasBegun(stage)),
		lineCount: stage.lines.count(),
		tail: stage.lines.lines(),
	};
};

/**
 * Returns the instructions as shown: once a stage has ended, those that the builder never listed are done before the
 * point where the stage was cut off, and cancelled from there.
 */
const settleInstructions = (
	entries: InstructionState[],
	stageStatus: StageStatus,
	begun: boolean,
): Instruction[] => {
	let isCut = !begun;
	const isForSeveral =
		new Set(entries.filter(({isListed}) => isListed).map(({platform}) => platform)).size > 1;
	return entries.map(({text, status, line, began, ended, isBuilding, platform}) => {
		if (status === 'failed' || status === 'cancelled' || (isBuilding && !isEnded(status))) isCut = true;
		return {
			text,
			...(isForSeveral && platform !== null && {platform}),
			status: isEnded(status) ? status : finalStatus(status, {stageStatus, isCut}),
			line,
			began: began === null ? null : roundSeconds(began),
			seconds:
				status === 'cached' ? 0 : began === null || ended === null ? null : roundSeconds(ended - began),
		};
	});
};

const finalStatus = (
	status: InstructionStatus,
	{stageStatus, isCut}: {stageStatus: StageStatus; isCut: boolean},
): InstructionStatus => {
	if (stageStatus === 'done' || stageStatus === 'cached') return 'done';
	return stageStatus === 'failed' || stageStatus === 'cancelled' ? (isCut ? 'cancelled' : 'done') : status;
};

const isEnded = (status: InstructionStatus) => status !== 'waiting' && status !== 'running';

/** Rounds to the millisecond. */
export const roundSeconds = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** Returns how long at least one interval lasted, and the first and last moment, in seconds; null if there are none. */
export const measureIntervals = (
	intervals: Array<{began: number; ended: number}>,
): {seconds: number; began: number; ended: number} | {seconds: null; began: null; ended: null} => {
	const [first, ...rest] = intervals.toSorted((a, b) => a.began - b.began);
	if (!first) return {seconds: null, began: null, ended: null};
	let {ended} = first;
	let seconds = ended - first.began;
	for (const interval of rest) {
		seconds += Math.max(0, interval.ended - Math.max(ended, interval.began));
		ended = Math.max(ended, interval.ended);
	}
	return {seconds: roundSeconds(seconds), began: roundSeconds(first.began), ended: roundSeconds(ended)};
};
