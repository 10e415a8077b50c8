import {messages} from '../../messages/index.js';
import type {BuildEvent, PlannedStage, Stage, StageGraph} from '../model.js';
import {type BuildSituation, judgeStages, type Needs, observeNeeds, selectCounted} from './judge-stages.js';
import {
	createMatcher,
	detectFormatById,
	matchImage,
	readVertexName,
	type VertexMatch,
} from './match-vertex.js';
import {
	createStageState,
	describeStage,
	entryAt,
	type IndexedInstruction,
	isObserved,
	type StageState,
	type Vertex,
} from './stage-state.js';

/** Creates the stages of one build, and the index of their instructions by the builder's ids. */
export const createStageIndex = (graph: StageGraph) => {
	const stages = graph.stages.map(createStageState);
	const discover = stages.length > 0 ? null : createStageDiscovery(stages);
	const match = createMatcher(graph);
	const vertices = new Map<string, Vertex>();
	const notes = new Set<string>();
	let known: {key: string; needs: Needs} | null = null;

	const entryOf = (place: VertexMatch | null): IndexedInstruction | null => {
		const stage = place && stages[place.stage];
		return stage ? {stage, entry: entryAt(stage, place)} : null;
	};
	const locate = (id: string, name: string): IndexedInstruction | null => {
		if (discover) return discover(id, name);
		const instruction = entryOf(match(id, name));
		if (!instruction) for (const note of describeUnmatched(id, name, graph)) notes.add(note);
		return instruction;
	};
	/** Returns what the stages need; computed again after more was listed. */
	const needsOf = ({end, isListing}: BuildSituation): Needs => {
		const isGood = end?.isGood ?? false;
		const key = `${vertices.size} ${isGood}`;
		if (known?.key !== key) {
			const ends = graph.results ?? [graph.target];
			const results = isGood ? stages.filter(({planned}) => ends.includes(planned.name)) : [];
			known = {key, needs: observeNeeds(stages, {vertices, areInputsKnown: isListing, results})};
		}
		return known.needs;
	};
	return {
		/** Returns the instruction with an id; null if it is outside the stages. `named`: the name and inputs, if given. */
		find(id: string, named: Pick<Vertex, 'name' | 'inputs'> | null): IndexedInstruction | null {
			const found = vertices.get(id);
			if (found || named === null) return found?.instruction ?? null;
			const vertex = {...named, instruction: locate(id, named.name)};
			vertices.set(id, vertex);
			vertex.instruction?.stage.vertices.push(vertex);
			return vertex.instruction;
		},
		/** Returns the `FROM` or `COPY --from` whose image BuildKit looks up under an id, if there is exactly one. */
		findImage: (id: string): IndexedInstruction | null =>
			entryOf(matchImage(vertices.get(id)?.name ?? '', graph)),
		notes: () => [...notes],
		/** Whether there was any work, and all of it came from the cache. */
		isCached(situation: BuildSituation): boolean {
			const entries = stages
				.filter(isObserved)
				.flatMap(stage => selectCounted(stage, situation))
				.filter(({status}) => status !== 'waiting');
			return entries.length > 0 && entries.every(({status}) => status === 'cached');
		},
		/** Returns the stages as shown. `now`: seconds since the build began. */
		describe(situation: BuildSituation, now: number): Stage[] {
			const needs = needsOf(situation);
			const judgements = judgeStages(stages, situation, needs);
			const described = stages.map((stage, index) => {
				const {status, reason} = judgements[index] ?? {status: 'waiting', reason: null};
				const needed = needs.needs[index] ?? [];
				const isRunning = status === 'running';
				const key = JSON.stringify([stage.version, status, reason, needed, isRunning ? now : null]);
				if (stage.shown?.key !== key) {
					stage.shown = {key, stage: describeStage(stage, {status, reason, needs: needed, now})};
				}
				return stage.shown.stage;
			});
			return discover ? sortByNeeds(described) : described;
		},
	};
};

/** Sorts stages whose place in the Dockerfile is unknown: each after those that it needs. */
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

/** Applies an event to an instruction. A vertex may begin again after it has ended: the last time counts. */
export const updateEntry = ({stage, entry}: IndexedInstruction, event: BuildEvent) => {
	stage.version++;
	switch (event.event) {
		case 'began':
			Object.assign(entry, {status: 'running', began: event.at, ended: null});
			break;
		case 'ended':
			if (entry.status === 'running') Object.assign(entry, {status: 'done', ended: event.at});
			break;
		case 'cached':
		case 'failed':
		case 'cancelled':
			Object.assign(entry, {status: event.event, ended: event.at});
			break;
		default:
	}
};

/** Explains a step outside the stages, which only BuildKit has. */
const describeUnmatched = (id: string, name: string, graph: StageGraph): string[] => {
	const format = detectFormatById(id);
	if (format === 'legacy' || format === 'buildah') return [];
	const image = /^FROM (\S+)/.exec(name)?.[1];
	const {imageOutside, imageForSeveral, foreignStage} = messages.stages.notes;
	if (image) return [matchImage(name, graph) ? imageOutside(image) : imageForSeveral(image)];
	const stage = readVertexName(name)?.label;
	return stage ? [foreignStage(stage)] : [];
};

/**
 * Finds the stages of a Dockerfile that can't be read here, because it comes from a pipe or an address. Adds each to
 * `stages` when the builder first mentions it.
 */
const createStageDiscovery = (
	stages: StageState[],
): ((id: string, name: string) => IndexedInstruction | null) => {
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
	const entryOf = (
		stage: StageState,
		{text, platform, number}: Pick<VertexMatch, 'text' | 'platform' | 'number'>,
	): IndexedInstruction => {
		const position = /^FROM\b/i.test(text) ? 'from' : null;
		return {stage, entry: entryAt(stage, {text, platform, number, position})};
	};
	return (id, name) => {
		const format = detectFormatById(id);
		if (format === 'plain' || format === 'rawjson') {
			const vertex = readVertexName(name);
			return vertex && entryOf(stageOf(vertex.label ?? 'final'), vertex);
		}
		const from = /^FROM\s+(?:--\S+\s+)*\S+(?:\s+as\s+(\S+))?/i.exec(name);
		if (from) current = stageOf(from[1] ?? `stage-${stages.length}`);
		return current && entryOf(current, {text: name, platform: null, number: 0});
	};
};

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
