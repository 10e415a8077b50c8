import type {BuildEvent, PlannedStage, Stage, StageGraph} from '../model.js';
import {type BuildSituation, judgeStages, type Needs, observeNeeds, selectCounted} from './judge-stages.js';
import {
	createStepMatcher,
	matchImage,
	matchNumberedStep,
	matchVertex,
	readVertexName,
	type VertexName,
} from './match-vertex.js';
import {
	createStageState,
	describeStage,
	entryAt,
	type InstructionState,
	isObserved,
	type StageState,
} from './stage-state.js';

/** An instruction that a builder names, found in the Dockerfile. */
export type IndexedInstruction = {stage: StageState; entry: InstructionState};

/** An id that a builder uses: what it is called, and what it is made from. */
type NamedVertex = {name: string; inputs: readonly string[]};

/** The stages of one build, and which of the builder's ids stands for which instruction. */
export const createStageIndex = (graph: StageGraph) => {
	const stages = graph.stages.map(createStageState);
	const finder = graph.stages.length > 0 ? null : createStageDiscovery(stages);
	const placeStep = createStepMatcher(graph);
	const found = new Map<string, IndexedInstruction | null>();
	const named = new Map<string, NamedVertex>();
	const idsOf = new Map<StageState, string[]>();
	const notes = new Set<string>();
	const shown = new Map<StageState, {key: string; stage: Stage}>();
	let known: {key: string; needs: Needs} | null = null;

	const find = (id: string, name: string): IndexedInstruction | null => {
		const isStep = /^\d+$/.test(id);
		const isNumbered = /^\d+\/\d+ /.test(id);
		const vertex = isStep || isNumbered ? null : readVertexName(name);
		if (finder) return finder.find(vertex, isStep || isNumbered ? name : null);
		const place = isStep
			? placeStep(name)
			: isNumbered
				? matchNumberedStep(id, name, graph)
				: vertex && matchVertex(vertex, graph);
		const stage = place && stages[place.stage];
		if (stage) return {stage, entry: entryAt(stage, place)};
		if (!isStep && !isNumbered)
			for (const note of describeUnmatched(name, matchImage(name, graph) !== null)) notes.add(note);
		return null;
	};
	/** What the stages need, looked up again when more was listed. */
	const needsOf = ({end, isListing}: BuildSituation): Needs => {
		const key = `${found.size} ${end?.isGood ?? false}`;
		if (known?.key !== key) {
			const target = stages.find(({planned}) => planned.name === graph.target) ?? null;
			const vertices = {
				find(id: string) {
					const one = found.get(id);
					return one ? {stage: one.stage, isFrom: one.entry.isFrom, text: one.entry.text} : null;
				},
				inputsOf: (id: string) => named.get(id)?.inputs ?? [],
				idsOf: (stage: StageState) => idsOf.get(stage) ?? [],
				areInputsKnown: isListing,
			};
			known = {key, needs: observeNeeds(stages, vertices, end?.isGood ? target : null)};
		}
		return known.needs;
	};
	return {
		/** The instruction that an id stands for; null when it belongs to no stage. `told`: where the event tells what it is. */
		find(id: string, told: NamedVertex | null): IndexedInstruction | null {
			if (told !== null && !found.has(id)) {
				named.set(id, told);
				const one = find(id, told.name);
				found.set(id, one);
				if (one) idsOf.set(one.stage, [...(idsOf.get(one.stage) ?? []), id]);
			}
			return found.get(id) ?? null;
		},
		/** The `FROM` or `COPY --from` whose image BuildKit looks up under an id, when that can only be one. */
		findImage(id: string): IndexedInstruction | null {
			const place = matchImage(named.get(id)?.name ?? '', graph);
			const stage = place && stages[place.stage];
			return stage ? {stage, entry: entryAt(stage, place)} : null;
		},
		notes: () => [...notes],
		/** Whether there was something to do, and the cache had all of it. */
		isCached(situation: BuildSituation): boolean {
			const entries = stages
				.filter(isObserved)
				.flatMap(stage => selectCounted(stage, situation))
				.filter(({status}) => status !== 'waiting');
			return entries.length > 0 && entries.every(({status}) => status === 'cached');
		},
		/** `now`: seconds since the build began. */
		describe(situation: BuildSituation, now: number): Stage[] {
			const needs = needsOf(situation);
			const judgements = judgeStages(stages, situation, needs);
			const described = stages.map((stage, index) => {
				const {status, reason} = judgements[index] ?? {status: 'waiting', reason: null};
				const needed = needs.needs[index] ?? [];
				const key = JSON.stringify([
					stage.version,
					status,
					reason,
					needed,
					status === 'running' ? now : null,
				]);
				const last = shown.get(stage);
				if (last?.key === key) return last.stage;
				const fresh = describeStage(stage, {status, reason, needs: needed, now});
				shown.set(stage, {key, stage: fresh});
				return fresh;
			});
			return finder ? sortByNeeds(described) : described;
		},
	};
};

/** Stages whose place in the Dockerfile is not known, each behind those that it needs. */
const sortByNeeds = (stages: Stage[]): Stage[] => {
	const ordered = new Set<Stage>();
	const place = (stage: Stage, users: Stage[]) => {
		if (ordered.has(stage) || users.includes(stage)) return;
		for (const other of stages) if (stage.needs.includes(other.name)) place(other, [...users, stage]);
		ordered.add(stage);
	};
	for (const stage of stages) place(stage, []);
	return [...ordered];
};

/** Moves an instruction on. A vertex may begin again after it has ended: the last time counts. */
export const updateEntry = ({stage, entry}: IndexedInstruction, event: BuildEvent) => {
	stage.version++;
	switch (event.event) {
		case 'began':
			Object.assign(entry, {status: 'running', began: event.at, ended: null});
			break;
		case 'cached':
			Object.assign(entry, {status: 'cached', ended: event.at});
			break;
		case 'ended':
			if (entry.status === 'running') Object.assign(entry, {status: 'done', ended: event.at});
			break;
		case 'failed':
		case 'cancelled':
			Object.assign(entry, {status: event.event, ended: event.at});
			break;
		default:
	}
};

/** `isForOne`: only one instruction names the image. */
const describeUnmatched = (name: string, isForOne: boolean): string[] => {
	const image = /^FROM (\S+)/.exec(name)?.[1];
	if (image) {
		const why = isForOne ? 'beside the stages' : 'once for several instructions';
		return [`BuildKit loads ${image} ${why}: that is shown in no stage.`];
	}
	const stage = readVertexName(name)?.label;
	return stage
		? [`The build has a stage ${stage} that is not in this Dockerfile: its output is shown outside.`]
		: [];
};

/**
 * Finds the stages of a Dockerfile that can't be read here, as it comes from a pipe or an address: a stage is there once
 * the builder speaks of it. New ones are added to `stages`.
 */
export const createStageDiscovery = (stages: StageState[]) => {
	const byName = new Map<string, StageState>();
	let current: StageState | null = null;
	const stageOf = (name: string): StageState => {
		const known = byName.get(name);
		if (known) return known;
		const stage = createStageState(createPlannedStage(name, stages.length));
		stages.push(stage);
		byName.set(name, stage);
		return stage;
	};
	return {
		/** `vertex`: one of BuildKit's, null for none that is about an instruction; `step`: one of the legacy builder's. */
		find(
			vertex: VertexName | null,
			step: string | null,
		): {stage: StageState; entry: InstructionState} | null {
			if (step !== null) {
				const from = /^FROM\s+(?:--\S+\s+)*\S+(?:\s+as\s+(\S+))?/i.exec(step);
				if (from) current = stageOf(from[1] ?? `stage-${stages.length}`);
				return current && {stage: current, entry: entryAt(current, toMatch(step, null, 0))};
			}
			if (!vertex) return null;
			const stage = stageOf(vertex.label ?? 'final');
			return {stage, entry: entryAt(stage, toMatch(vertex.text, vertex.platform, vertex.number))};
		},
	};
};

const toMatch = (text: string, platform: string | null, number: number) => ({
	text,
	platform,
	number,
	position: /^FROM\b/i.test(text) ? ('from' as const) : null,
});

const createPlannedStage = (name: string, index: number): PlannedStage => ({
	name,
	alias: name.toLowerCase(),
	index,
	needs: [],
	image: null,
	replacedBy: null,
	triggers: [],
	instructions: [],
	line: 0,
	endLine: 0,
});
