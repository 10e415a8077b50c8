import type {Builder, StageGraph, StageStatus} from './model.js';
import type {Needs} from './observe-needs.js';
import {bodyOf, type Entry, isObserved, type StageState} from './stage-state.js';

/** What is known about the whole build. */
export type BuildSituation = {
	graph: StageGraph;
	builder: Builder | null;
	/** The builder lists all that it will do before it does any of it. */
	isListing: boolean;
	/** Null while it runs. */
	end: {isGood: boolean; isCancelled: boolean} | null;
	failure: {stage: string | null; exitCode: number | null; message: string} | null;
};

export type StageJudgement = {status: StageStatus; reason: string | null};

/** Status and reason of every stage, in Dockerfile order. */
export const judgeStages = (
	stages: StageState[],
	situation: BuildSituation,
	{needs, passed}: Needs,
): StageJudgement[] => {
	const ready = new Set<string>();
	const isListed = situation.isListing && stages.some(isObserved);
	return stages.map((stage, index) => {
		const entries = countedOf(stage, situation);
		const judgement = judge(stage, {
			...situation,
			entries,
			isListed,
			isPassed: passed.has(stage),
			areNeedsReady: (needs[index] ?? []).every(need => ready.has(need)),
		});
		const {status} = judgement;
		// A stage of nothing but metadata is never waited for.
		if (status === 'done' || status === 'cached' || entries.length === 0) ready.add(stage.planned.name);
		return judgement;
	});
};

type StageSituation = BuildSituation & {
	/** The instructions that have to end before the stage has. */
	entries: Entry[];
	/** All that the builder does has been listed. */
	isListed: boolean;
	/** Nothing of the stage was listed, but the result came through it. */
	isPassed: boolean;
	areNeedsReady: boolean;
};

const judge = (stage: StageState, situation: StageSituation): StageJudgement => {
	const {builder, failure, end, entries, areNeedsReady} = situation;
	const all = [...stage.from, ...entries];
	if (all.some(({status}) => status === 'failed')) return {status: 'failed', reason: failedReason(failure)};
	const skipped = skippedReason(stage, situation);
	if (skipped) return {status: 'skipped', reason: skipped};
	const isFinished =
		entries.length > 0 ? entries.every(isDone) : stage.from.length > 0 && stage.from.every(isDone);
	if (isFinished) return finished(entries);
	if (end) return ended(situation);
	if (entries.some(({status}) => status === 'cancelled')) {
		return {status: 'cancelled', reason: cutOffReason(situation)};
	}
	if (all.some(({status}) => status === 'running')) return {status: 'running', reason: null};
	// Between two instructions; the next one may have to wait for another stage.
	const isUnderWay = entries.some(isDone) || (builder !== 'buildkit' && stage.from.length > 0);
	if (isUnderWay && areNeedsReady) return {status: 'running', reason: null};
	return {status: 'waiting', reason: waitingReason(stage, situation)};
};

/**
 * The instructions that have to end before the stage has. BuildKit doesn't run those that only change metadata, and where
 * it lists all that it does, one that is missing at the end was built as the same instruction of another stage.
 */
export const countedOf = (stage: StageState, {builder, isListing, end}: BuildSituation): Entry[] => {
	const body = bodyOf(stage);
	if (builder === 'legacy' || builder === 'buildah') return body;
	const building = body.filter(entry => entry.isBuilding);
	const listed = isListing && end ? building.filter(entry => entry.isListed) : [];
	return listed.length > 0 ? listed : building;
};

const isDone = ({status}: Entry) => status === 'done' || status === 'cached';

const finished = (entries: Entry[]): StageJudgement => {
	const building = entries.filter(entry => entry.isBuilding);
	const decisive = building.length > 0 ? building : entries;
	if (decisive.length === 0) return {status: 'done', reason: metadataOnly};
	const isCached = decisive.every(({status}) => status === 'cached');
	return {status: isCached ? 'cached' : 'done', reason: building.length === 0 ? metadataOnly : null};
};

/** What became of a stage that was not finished when the build ended. */
const ended = (situation: StageSituation): StageJudgement => {
	const {builder, end, entries} = situation;
	if (!end?.isGood) return {status: 'cancelled', reason: cutOffReason(situation)};
	if (builder === null) return {status: 'unknown', reason: nothingPrinted};
	const seen = entries.filter(isDone);
	if (seen.length > 0) return finished(seen);
	return {status: 'done', reason: entries.length > 0 ? null : metadataOnly};
};

const skippedReason = (
	stage: StageState,
	{graph, builder, end, isListed, isPassed}: StageSituation,
): string | null => {
	if (builder === null || isObserved(stage)) return null;
	const {name, index, replacedBy} = stage.planned;
	if (builder === 'legacy') {
		const target = graph.stages.findIndex(one => one.name === graph.target);
		return target >= 0 && index > target ? afterTarget : null;
	}
	if (replacedBy !== null) return `replaced by the build context ${replacedBy}`;
	// What the Dockerfile lets expect is no observation.
	if (!end && !isListed) return null;
	const isExpected = graph.reachable.includes(name);
	// What was seen counts as soon as nothing more can be.
	const isSure = end !== null && (end.isGood || isListed);
	if (!isSure) return isExpected ? null : notNeeded;
	return isPassed ? null : isExpected ? notListed : notNeeded;
};

const waitingReason = ({planned: {name, needs}}: StageState, {graph, builder}: StageSituation) => {
	if (builder === 'buildkit' || builder === 'buildah') {
		if (!graph.reachable.includes(name)) return expectedNotNeeded;
	}
	return needs.length > 0 ? `needs ${needs.join(', ')}` : null;
};

const failedReason = (failure: BuildSituation['failure']) => {
	if (!failure) return null;
	return failure.exitCode === null ? failure.message : `its command ended with exit code ${failure.exitCode}`;
};

const cutOffReason = ({end, failure}: BuildSituation) => {
	if (end?.isCancelled) return 'cut off when you cancelled the build';
	return failure?.stage ? `cut off when stage ${failure.stage} failed` : 'cut off when the build failed';
};

const metadataOnly = 'metadata only';
const notNeeded = 'nothing that is built needs this stage';
const expectedNotNeeded = `expected to be skipped: ${notNeeded}`;
const afterTarget = 'comes after the target';
const notListed = 'BuildKit listed nothing of this stage';
const nothingPrinted = 'the build printed nothing about it';
