import type {Builder, StageGraph, StageStatus} from './model.js';
import {bodyOf, type Entry, hasBegun, type StageState} from './stage-state.js';

/** What is known about the whole build. */
export type BuildSituation = {
	graph: StageGraph;
	builder: Builder | null;
	/** Null while it runs. */
	end: {isGood: boolean; isCancelled: boolean} | null;
	failure: {stage: string | null; exitCode: number | null; message: string} | null;
};

export type StageJudgement = {status: StageStatus; reason: string | null};

/** Status and reason of every stage, in Dockerfile order. */
export const judgeStages = (stages: StageState[], situation: BuildSituation): StageJudgement[] => {
	const ready = new Set<string>();
	return stages.map(stage => {
		const areNeedsReady = stage.planned.needs.every(need => ready.has(need));
		const judgement = judge(stage, situation, areNeedsReady);
		const {status} = judgement;
		// A stage of nothing but metadata is never waited for.
		if (status === 'done' || status === 'cached' || countedOf(stage, situation.builder).length === 0) {
			ready.add(stage.planned.name);
		}
		return judgement;
	});
};

const judge = (stage: StageState, situation: BuildSituation, areNeedsReady: boolean): StageJudgement => {
	const {builder, failure, end} = situation;
	const entries = countedOf(stage, builder);
	const all = stage.from ? [stage.from, ...entries] : entries;
	if (all.some(({status}) => status === 'failed')) return {status: 'failed', reason: failedReason(failure)};
	const skipped = skippedReason(stage, situation);
	if (skipped) return {status: 'skipped', reason: skipped};
	const isFinished = entries.length > 0 ? entries.every(isDone) : stage.from !== null && isDone(stage.from);
	if (isFinished) return finished(entries);
	if (end) return ended(stage, situation);
	if (entries.some(({status}) => status === 'cancelled')) {
		return {status: 'cancelled', reason: cutOffReason(situation)};
	}
	if (all.some(({status}) => status === 'running')) return {status: 'running', reason: null};
	// Between two instructions; the next one may have to wait for another stage.
	const isUnderWay = entries.some(isDone) || (builder === 'legacy' && stage.from !== null);
	if (isUnderWay && areNeedsReady) return {status: 'running', reason: null};
	return {status: 'waiting', reason: needsReason(stage)};
};

/** The instructions that have to end before the stage has: BuildKit doesn't run those that only change metadata. */
export const countedOf = (stage: StageState, builder: Builder | null): Entry[] =>
	builder === 'legacy' ? bodyOf(stage) : bodyOf(stage).filter(entry => entry.isBuilding);

const isDone = ({status}: Entry) => status === 'done' || status === 'cached';

const finished = (entries: Entry[]): StageJudgement => {
	const building = entries.filter(entry => entry.isBuilding);
	const decisive = building.length > 0 ? building : entries;
	if (decisive.length === 0) return {status: 'done', reason: metadataOnly};
	const isCached = decisive.every(({status}) => status === 'cached');
	return {status: isCached ? 'cached' : 'done', reason: building.length === 0 ? metadataOnly : null};
};

/** What became of a stage that was not finished when the build ended. */
const ended = (stage: StageState, situation: BuildSituation): StageJudgement => {
	const {builder, end} = situation;
	if (!end?.isGood) return {status: 'cancelled', reason: cutOffReason(situation)};
	if (builder === null) return {status: 'waiting', reason: nothingPrinted};
	const hasEntries = countedOf(stage, builder).length > 0;
	return {status: 'done', reason: hasEntries ? null : metadataOnly};
};

const skippedReason = (stage: StageState, {graph, builder}: BuildSituation): string | null => {
	if (builder === null || hasBegun(stage)) return null;
	if (builder === 'buildkit') return graph.reachable.includes(stage.planned.name) ? null : notNeeded;
	const target = graph.stages.findIndex(({name}) => name === graph.target);
	return target >= 0 && stage.planned.index > target ? behindTarget : null;
};

const needsReason = ({planned: {needs}}: StageState) =>
	needs.length > 0 ? `needs ${needs.join(', ')}` : null;

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
const behindTarget = 'behind the target';
const nothingPrinted = 'the build printed nothing about it';
