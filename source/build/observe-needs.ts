import type {PlannedStage} from './model.js';
import {bodyOf, isObserved, type StageState} from './stage-state.js';

/** What was seen of a build's vertices. */
export type Vertices = {
	/** The stage and instruction that a vertex is; null when it is of no stage. */
	find(id: string): {stage: StageState; isFrom: boolean; text: string} | null;
	/** The vertices that a vertex is made from; none in formats that don't say. */
	inputsOf(id: string): readonly string[];
	/** All vertices of a stage. */
	idsOf(stage: StageState): readonly string[];
	/** Whether the format says what vertices are made from. */
	areInputsKnown: boolean;
};

export type Needs = {
	/** What each stage needs, as labels in Dockerfile order of the stages. */
	needs: string[][];
	/** Stages of which nothing was listed, though the result came through them: they hold no instruction of their own. */
	passed: ReadonlySet<StageState>;
};

/**
 * What stages need of each other: as the vertices show it, and as the Dockerfile says where they don't contradict. A
 * stage without instructions has no vertex, and two stages with the same instructions share theirs. `result`: the target
 * of a build that ended well; null before.
 */
export const observeNeeds = (stages: StageState[], vertices: Vertices, result: StageState | null): Needs => {
	const byName = new Map(stages.map(stage => [stage.planned.name, stage]));
	const observed = stages.filter(isObserved);
	// Where it is not shown what a stage is made from, it may be all that was seen.
	const anything = new Map(observed.map(stage => [stage, textsOf(stage)]));
	const confirmed = new Map<StageState, StageState[]>();
	const needs = stages.map(stage => {
		const isShown = vertices.areInputsKnown && observed.includes(stage);
		const seen = isShown ? stagesBehind(stage, vertices) : anything;
		const expected = stage.planned.needs.flatMap(name => byName.get(name) ?? []);
		const shown = new Map(expected.map(need => [need, shownFor(need, {byName, seen})]));
		const right = expected.filter(need => shown.get(need)?.some(one => seen.has(one)) ?? true);
		confirmed.set(stage, right);
		if (!isShown) return stage.planned.needs;
		const explained = new Set(right.flatMap(need => shown.get(need) ?? []));
		const others = [...seen.keys()]
			.filter(other => !explained.has(other) && !sharesWith(stage, seen.get(other) ?? []))
			.sort((a, b) => a.planned.index - b.planned.index);
		return [...right, ...others].map(({planned}) => planned.name);
	});
	const passed = new Set<StageState>();
	// A set hands out what is added to it while it is walked through.
	const reached = new Set([...observed, ...(result ? [result] : [])]);
	for (const stage of reached) {
		if (!isObserved(stage)) passed.add(stage);
		for (const need of confirmed.get(stage) ?? []) reached.add(need);
	}
	return {needs, passed};
};

const textsOf = (stage: StageState): string[] =>
	bodyOf(stage)
		.filter(({isListed}) => isListed)
		.map(({text}) => text);

/** The other stages whose instructions a stage is made from, with the texts of these instructions. */
const stagesBehind = (stage: StageState, vertices: Vertices): Map<StageState, string[]> => {
	const behind = new Map<StageState, string[]>();
	const inputs = new Set(vertices.idsOf(stage).flatMap(id => vertices.inputsOf(id)));
	for (const id of inputs) {
		const found = vertices.find(id);
		// What belongs to no stage passes on what it is made from.
		if (!found) for (const input of vertices.inputsOf(id)) inputs.add(input);
		// Stages that start from one image share its vertex.
		else if (found.stage !== stage && !found.isFrom) {
			behind.set(found.stage, [...(behind.get(found.stage) ?? []), found.text]);
		}
	}
	return behind;
};

/**
 * The stages whose vertices show that a stage is used: itself, the one that it starts from when it has none, or one that
 * has the same last instruction. Null when nothing would show it.
 */
const shownFor = (
	stage: StageState,
	{byName, seen}: {byName: Map<string, StageState>; seen: Map<StageState, string[]>},
): StageState[] | null => {
	const building = bodyOf(stage).filter(({isBuilding}) => isBuilding);
	if (building.some(({isListed}) => isListed)) return [stage];
	const last = building.at(-1);
	if (last) return [...seen].flatMap(([other, texts]) => (texts.includes(last.text) ? [other] : []));
	const base = baseOf(stage.planned, byName);
	return base && shownFor(base, {byName, seen});
};

const baseOf = (
	{image, replacedBy, needs}: PlannedStage,
	byName: Map<string, StageState>,
): StageState | null => (image === null && replacedBy === null ? (byName.get(needs[0] ?? '') ?? null) : null);

/** Whether an instruction of the stage was built as one of another stage's. */
const sharesWith = (stage: StageState, texts: string[]): boolean =>
	bodyOf(stage).some(({isBuilding, isListed, text}) => isBuilding && !isListed && texts.includes(text));
