import {type BuildSituation, countedOf, judgeStages} from './judge-stages.js';
import type {BuildEvent, Stage, StageGraph} from './model.js';
import {type Needs, observeNeeds} from './observe-needs.js';
import {createStepPlacer, placeImage, placeNumberedStep, placeVertex} from './place-instruction.js';
import {
	createStageState,
	describeStage,
	type Entry,
	entryAt,
	isObserved,
	type StageState,
} from './stage-state.js';
import {createStageFinder} from './unread-stages.js';
import {readVertexName} from './vertex-name.js';

/** An instruction that a builder names, found in the Dockerfile. */
export type Found = {stage: StageState; entry: Entry};

/** An id that a builder uses: what it is called, and what it is made from. */
type Named = {name: string; inputs: readonly string[]};

/** The stages of one build, and which of the builder's ids stands for which instruction. */
export const createStageBoard = (graph: StageGraph) => {
	const stages = graph.stages.map(createStageState);
	const finder = graph.stages.length > 0 ? null : createStageFinder(stages);
	const placeStep = createStepPlacer(graph);
	const found = new Map<string, Found | null>();
	const named = new Map<string, Named>();
	const idsOf = new Map<StageState, string[]>();
	const notes = new Set<string>();
	const shown = new Map<StageState, {key: string; stage: Stage}>();
	let known: {key: string; needs: Needs} | null = null;

	const find = (id: string, name: string): Found | null => {
		const isStep = /^\d+$/.test(id);
		const isNumbered = /^\d+\/\d+ /.test(id);
		const vertex = isStep || isNumbered ? null : readVertexName(name);
		if (finder) return finder.find(vertex, isStep || isNumbered ? name : null);
		const place = isStep
			? placeStep(name)
			: isNumbered
				? placeNumberedStep(id, name, graph)
				: vertex && placeVertex(vertex, graph);
		const stage = place && stages[place.stage];
		if (stage) return {stage, entry: entryAt(stage, place)};
		if (!isStep && !isNumbered)
			for (const note of notesOn(name, placeImage(name, graph) !== null)) notes.add(note);
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
		find(id: string, told: Named | null): Found | null {
			if (told !== null && !found.has(id)) {
				named.set(id, told);
				const one = find(id, told.name);
				found.set(id, one);
				if (one) idsOf.set(one.stage, [...(idsOf.get(one.stage) ?? []), id]);
			}
			return found.get(id) ?? null;
		},
		/** The `FROM` or `COPY --from` whose image BuildKit looks up under an id, when that can only be one. */
		findImage(id: string): Found | null {
			const place = placeImage(named.get(id)?.name ?? '', graph);
			const stage = place && stages[place.stage];
			return stage ? {stage, entry: entryAt(stage, place)} : null;
		},
		notes: () => [...notes],
		/** Whether there was something to do, and the cache had all of it. */
		isCached(situation: BuildSituation): boolean {
			const entries = stages
				.filter(isObserved)
				.flatMap(stage => countedOf(stage, situation))
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
			return finder ? inOrder(described) : described;
		},
	};
};

/** Stages whose place in the Dockerfile is not known, each behind those that it needs. */
const inOrder = (stages: Stage[]): Stage[] => {
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
export const updateEntry = ({stage, entry}: Found, event: BuildEvent) => {
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
const notesOn = (name: string, isForOne: boolean): string[] => {
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
