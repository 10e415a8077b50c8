import {messages} from '../../messages/index.js';
import type {Builder, StageGraph, StageStatus} from '../model.js';
import {
	hasBegun,
	type InstructionState,
	isObserved,
	listEntries,
	type StageState,
	type Vertex,
} from './stage-state.js';

/** What is known about the whole build. */
export type BuildSituation = {
	graph: StageGraph;
	builder: Builder | null;
	/** Whether the builder lists all its work before it starts. */
	isListing: boolean;
	/** Null while it runs. */
	end: {isGood: boolean; isCancelled: boolean} | null;
	failure: {stage: string | null; exitCode: number | null; message: string} | null;
};

export type StageJudgement = {status: StageStatus; reason: string | null};

/** Returns the status and reason of every stage, in Dockerfile order. */
export const judgeStages = (
	stages: StageState[],
	situation: BuildSituation,
	{needs, passed}: Needs,
): StageJudgement[] => {
	const ready = new Set<string>();
	const isListed = situation.isListing && stages.some(isObserved);
	const isBegun = stages.some(hasBegun);
	return stages.map((stage, index) => {
		const entries = selectCounted(stage, situation);
		const judgement = judgeStage(stage, {
			...situation,
			entries,
			isListed,
			isBegun,
			isPassed: passed.has(stage),
			areNeedsReady: (needs[index] ?? []).every(need => ready.has(need)),
		});
		const {status} = judgement;
		// Nothing waits for a stage that only has metadata.
		if (status === 'done' || status === 'cached' || entries.length === 0) ready.add(stage.planned.name);
		return judgement;
	});
};

type StageSituation = BuildSituation & {
	/** The instructions that must end before the stage does. */
	entries: InstructionState[];
	/** Whether the builder has listed all its work. */
	isListed: boolean;
	/** Whether the builder has begun any stage. */
	isBegun: boolean;
	/** Whether the result depends on the stage, although none of its instructions was listed. */
	isPassed: boolean;
	areNeedsReady: boolean;
};

const judgeStage = (stage: StageState, situation: StageSituation): StageJudgement => {
	const {builder, failure, end, entries, areNeedsReady} = situation;
	const all = [...stage.from, ...entries];
	if (all.some(({status}) => status === 'failed')) return {status: 'failed', reason: failedReason(failure)};
	const skipped = skippedReason(stage, situation);
	if (skipped) return {status: 'skipped', reason: skipped};
	const isFinished =
		entries.length > 0 ? entries.every(isDone) : stage.from.length > 0 && stage.from.every(isDone);
	if (isFinished) return judgeFinished(entries);
	if (end) return judgeEnded(situation);
	if (entries.some(({status}) => status === 'cancelled')) {
		return {status: 'cancelled', reason: cancelledReason(situation)};
	}
	if (all.some(({status}) => status === 'running')) return {status: 'running', reason: null};
	// Between two instructions; the next one may have to wait for another stage.
	const isUnderWay = entries.some(isDone) || (builder !== 'buildkit' && stage.from.length > 0);
	if (isUnderWay && areNeedsReady) return {status: 'running', reason: null};
	return {status: 'waiting', reason: waitingReason(stage, situation)};
};

/**
 * Returns the instructions that must end before the stage does. BuildKit doesn't run those that only change metadata.
 * If it lists all its work, an instruction still missing at the end was built as the same one of another stage.
 */
export const selectCounted = (
	stage: StageState,
	{builder, isListing, end}: BuildSituation,
): InstructionState[] => {
	const body = listEntries(stage);
	if (builder === 'legacy' || builder === 'buildah') return body;
	const building = body.filter(entry => entry.isBuilding);
	const listed = isListing && end ? building.filter(entry => entry.isListed) : [];
	return listed.length > 0 ? listed : building;
};

const isDone = ({status}: InstructionState) => status === 'done' || status === 'cached';

const judgeFinished = (entries: InstructionState[]): StageJudgement => {
	const building = entries.filter(entry => entry.isBuilding);
	const decisive = building.length > 0 ? building : entries;
	if (decisive.length === 0) return {status: 'done', reason: messages.stages.reasons.metadataOnly};
	const isCached = decisive.every(({status}) => status === 'cached');
	return {
		status: isCached ? 'cached' : 'done',
		reason: building.length === 0 ? messages.stages.reasons.metadataOnly : null,
	};
};

/** Returns the status of a stage that was not finished when the build ended. */
const judgeEnded = (situation: StageSituation): StageJudgement => {
	const {builder, end, entries} = situation;
	if (!end?.isGood) return {status: 'cancelled', reason: cancelledReason(situation)};
	if (builder === null) return {status: 'unknown', reason: messages.stages.reasons.notReported};
	const seen = entries.filter(isDone);
	if (seen.length > 0) return judgeFinished(seen);
	return {status: 'done', reason: entries.length > 0 ? null : messages.stages.reasons.metadataOnly};
};

const skippedReason = (
	stage: StageState,
	{graph, builder, end, isListed, isPassed}: StageSituation,
): string | null => {
	if (builder === null || isObserved(stage)) return null;
	const {name, index, replacedBy} = stage.planned;
	if (builder === 'legacy') {
		const target = graph.stages.findIndex(one => one.name === graph.target);
		return target >= 0 && index > target ? messages.stages.reasons.afterTarget : null;
	}
	if (replacedBy !== null) return messages.stages.reasons.replaced(replacedBy);
	// The Dockerfile shows what to expect, not what happened.
	if (!end && !isListed) return null;
	const isExpected = graph.reachable.includes(name);
	// What was observed is final once nothing more can follow.
	const isSure = end !== null && (end.isGood || isListed);
	if (!isSure) return isExpected ? null : messages.stages.reasons.notNeeded;
	return isPassed ? null : isExpected ? messages.stages.reasons.notListed : messages.stages.reasons.notNeeded;
};

const waitingReason = ({planned: {name, needs}}: StageState, {graph, builder}: StageSituation) => {
	if (builder === 'buildkit' || builder === 'buildah') {
		if (!graph.reachable.includes(name)) return messages.stages.reasons.expectedNotNeeded;
	}
	return needs.length > 0 ? messages.stages.reasons.needs(needs) : null;
};

const failedReason = (failure: BuildSituation['failure']) => {
	if (!failure) return null;
	return failure.exitCode === null ? failure.message : messages.stages.reasons.failed(failure.exitCode);
};

const cancelledReason = ({end, failure, isBegun}: StageSituation) => {
	const {cancelledByYou, cancelledByStage, cancelledByBuild, notStarted} = messages.stages.reasons;
	if (end?.isCancelled) return cancelledByYou;
	if (!isBegun) return notStarted;
	return failure?.stage ? cancelledByStage(failure.stage) : cancelledByBuild;
};

export type Needs = {
	/** For each stage, in Dockerfile order, the labels of the stages that it needs. */
	needs: string[][];
	/** Stages that the result depends on, although none of their instructions was listed: they have none of their own. */
	passed: ReadonlySet<StageState>;
};

/**
 * Finds which stages need which others: as the vertices show, and as the Dockerfile says unless they contradict it. A
 * stage without instructions has no vertex, and two stages with the same instructions share theirs. `areInputsKnown`:
 * the format reports the inputs of vertices. `results`: the targets of a successful build.
 */
export const observeNeeds = (
	stages: StageState[],
	{
		vertices,
		areInputsKnown,
		results,
	}: {vertices: ReadonlyMap<string, Vertex>; areInputsKnown: boolean; results: StageState[]},
): Needs => {
	const byName = new Map(stages.map(stage => [stage.planned.name, stage]));
	const observed = stages.filter(isObserved);
	// If inputs are not reported, a stage may be made from anything that was observed.
	const anything = new Map(observed.map(stage => [stage, listListedTexts(stage)]));
	const confirmed = new Map<StageState, StageState[]>();
	const needs = stages.map(stage => {
		const isShown = areInputsKnown && isObserved(stage);
		const used = isShown ? findInputStages(stage, vertices) : anything;
		const expected = stage.planned.needs.flatMap(name => byName.get(name) ?? []);
		const evidence = new Map(expected.map(need => [need, findEvidence(need, {byName, used})]));
		const right = expected.filter(need => evidence.get(need)?.some(one => used.has(one)) ?? true);
		confirmed.set(stage, right);
		if (!isShown) return stage.planned.needs;
		const explained = new Set(right.flatMap(need => evidence.get(need) ?? []));
		const others = [...used.keys()]
			.filter(other => !explained.has(other) && !sharesInstruction(stage, used.get(other) ?? []))
			.sort((a, b) => a.planned.index - b.planned.index);
		return [...right, ...others].map(({planned}) => planned.name);
	});
	const passed = new Set<StageState>();
	// Iterating over a set also visits the items added meanwhile.
	const reached = new Set([...observed, ...results]);
	for (const stage of reached) {
		if (!isObserved(stage)) passed.add(stage);
		for (const need of confirmed.get(stage) ?? []) reached.add(need);
	}
	return {needs, passed};
};

const listListedTexts = (stage: StageState): string[] =>
	listEntries(stage)
		.filter(({isListed}) => isListed)
		.map(({text}) => text);

/** Returns the other stages whose instructions are inputs of a stage, with the texts of these instructions. */
const findInputStages = (
	stage: StageState,
	vertices: ReadonlyMap<string, Vertex>,
): Map<StageState, string[]> => {
	const texts = new Map<StageState, string[]>();
	const inputs = new Set(stage.vertices.flatMap(vertex => vertex.inputs));
	for (const id of inputs) {
		const vertex = vertices.get(id);
		const found = vertex?.instruction;
		// A vertex outside the stages stands for its own inputs.
		if (!found) for (const input of vertex?.inputs ?? []) inputs.add(input);
		// Stages with the same base image share its vertex.
		else if (found.stage !== stage && !found.entry.isFrom) {
			texts.set(found.stage, [...(texts.get(found.stage) ?? []), found.entry.text]);
		}
	}
	return texts;
};

/**
 * Returns the stages whose vertices show that a stage is used: itself, its base if it has no instructions, or one with
 * the same last instruction. Null if nothing would show it.
 */
const findEvidence = (
	stage: StageState,
	{byName, used}: {byName: Map<string, StageState>; used: Map<StageState, string[]>},
): StageState[] | null => {
	const building = listEntries(stage).filter(({isBuilding}) => isBuilding);
	if (building.some(({isListed}) => isListed)) return [stage];
	const last = building.at(-1);
	if (last) return [...used].flatMap(([other, texts]) => (texts.includes(last.text) ? [other] : []));
	const {image, replacedBy, needs} = stage.planned;
	const base = image === null && replacedBy === null ? byName.get(needs[0] ?? '') : undefined;
	return base ? findEvidence(base, {byName, used}) : null;
};

/** Whether an instruction of the stage was built as part of another stage, whose instructions are `texts`. */
const sharesInstruction = (stage: StageState, texts: string[]): boolean =>
	listEntries(stage).some(({isBuilding, isListed, text}) => isBuilding && !isListed && texts.includes(text));
