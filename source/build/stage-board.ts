import {type BuildSituation, countedOf, judgeStages} from './judge-stages.js';
import type {BuildEvent, Builder, Stage, StageGraph} from './model.js';
import {createStepPlacer, placeImage, placeVertex, unknownStageOf} from './place-instruction.js';
import {createStageState, describeStage, type Entry, entryAt, type StageState} from './stage-state.js';

/** An instruction that a builder names, found in the Dockerfile. */
export type Found = {stage: StageState; entry: Entry};

/** The stages of one build, and which of the builder's ids stands for which instruction. */
export const createStageBoard = (graph: StageGraph) => {
	const stages = graph.stages.map(createStageState);
	const placeStep = createStepPlacer(graph);
	const found = new Map<string, Found | null>();
	const names = new Map<string, string>();
	const notes = new Set<string>();
	const shown = new Map<StageState, {key: string; stage: Stage}>();

	const find = (id: string, name: string): Found | null => {
		const isStep = /^\d+$/.test(id);
		const place = isStep ? placeStep(name) : placeVertex(name, graph);
		const stage = place && stages[place.stage];
		if (stage) return {stage, entry: entryAt(stage, place)};
		if (!isStep) for (const note of notesOn(name, placeImage(name, graph) !== null)) notes.add(note);
		return null;
	};
	return {
		/** The instruction that an id stands for; null when it belongs to no stage. `name`: where the event has one. */
		find(id: string, name: string | null): Found | null {
			if (name !== null && !found.has(id)) {
				names.set(id, name);
				found.set(id, find(id, name));
			}
			return found.get(id) ?? null;
		},
		/** The `FROM` or `COPY --from` whose image BuildKit looks up under an id, when that can only be one. */
		findImage(id: string): Found | null {
			const place = placeImage(names.get(id) ?? '', graph);
			const stage = place && stages[place.stage];
			return stage ? {stage, entry: entryAt(stage, place)} : null;
		},
		notes: () => [...notes],
		/** Whether there was something to do, and the cache had all of it. */
		isCached(builder: Builder | null): boolean {
			const entries = stages
				.flatMap(stage => countedOf(stage, builder))
				.filter(({status}) => status !== 'waiting');
			return entries.length > 0 && entries.every(({status}) => status === 'cached');
		},
		/** `now`: seconds since the build began. */
		describe(situation: BuildSituation, now: number): Stage[] {
			const judgements = judgeStages(stages, situation);
			return stages.map((stage, index) => {
				const {status, reason} = judgements[index] ?? {status: 'waiting', reason: null};
				const key = JSON.stringify([stage.version, status, reason, status === 'running' ? now : null]);
				const last = shown.get(stage);
				if (last?.key === key) return last.stage;
				const described = describeStage(stage, {status, reason, now});
				shown.set(stage, {key, stage: described});
				return described;
			});
		},
	};
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
	const stage = unknownStageOf(name);
	return stage
		? [`The build has a stage ${stage} that is not in this Dockerfile: its output is shown outside.`]
		: [];
};
