import {copiedFrom} from './copied-from.js';
import type {PlannedInstruction, PlannedStage, StageGraph} from './model.js';

/** Where in the Dockerfile something belongs that a builder names. */
export type Place = {
	/** Index of the stage. */
	stage: number;
	/** Its name without the `[stage n/m]` in front. */
	text: string;
	/** Index in the stage's instructions; null when it can't be told. */
	position: number | 'from' | null;
};

/** Whether it makes a layer of files: BuildKit lists only these, and `FROM`. */
export const isBuilding = ({keyword}: PlannedInstruction): boolean =>
	keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' || keyword === 'WORKDIR';

/**
 * Places one of BuildKit's vertices: `[build 2/3] RUN …`, `[stage-3 1/1] COPY …`, `[1/2] FROM …` in a file with one
 * stage, `[linux/amd64 build 2/3] …` where a platform was asked for. Null when it belongs to no stage of the file.
 */
export const placeVertex = (name: string, {stages}: StageGraph): Place | null => {
	const [, label, number, total, text = ''] =
		/^\[(?:[^\s\]]+\/[^\s\]]+ )?(?:(\S+) )?(\d+)\/(\d+)\] (.*)$/s.exec(name) ?? [];
	const stage = number === undefined ? undefined : stageOf(label, stages);
	if (!stage) return null;
	if (/^FROM\b/i.test(text)) return {stage: stage.index, text, position: 'from'};
	// Counted from the end: a base image, and what its ONBUILD adds, are counted in front.
	const building = stage.instructions.filter(isBuilding);
	const instruction = building[building.length - 1 - (Number(total) - Number(number))];
	const position = instruction ? stage.instructions.indexOf(instruction) : null;
	return {stage: stage.index, text, position};
};

/** The name in front of a vertex that can't be placed, for the learner to read; null when it has none. */
export const unknownStageOf = (name: string): string | null =>
	/^\[(?:[^\s\]]+\/[^\s\]]+ )?(\S+) \d+\/\d+\] /.exec(name)?.[1] ?? null;

const stageOf = (label: string | undefined, stages: PlannedStage[]): PlannedStage | undefined => {
	if (label === undefined) return stages.length === 1 ? stages[0] : undefined;
	const named = namedStagesOf(stages).get(label.toLowerCase());
	if (named) return named;
	const unnamed = stages[Number(/^stage-(\d+)$/.exec(label)?.[1] ?? Number.NaN)];
	return unnamed?.named ? undefined : unnamed;
};

/** Looked up for every vertex, so made once for each Dockerfile. */
const namedStages = new WeakMap<PlannedStage[], Map<string, PlannedStage>>();

/** By name in lower case; of two that share one, the later. */
const namedStagesOf = (stages: PlannedStage[]): Map<string, PlannedStage> => {
	const known = namedStages.get(stages);
	if (known) return known;
	const byName = new Map(
		stages.filter(({named}) => named).map(stage => [stage.name.toLowerCase(), stage] as const),
	);
	namedStages.set(stages, byName);
	return byName;
};

/**
 * The one `FROM` or `COPY --from` whose image BuildKit looks up or loads: `[internal] load metadata for …` and
 * `FROM …` name it in full. Null if several do.
 */
export const placeImage = (name: string, {stages}: StageGraph): Place | null => {
	const reference = /^(?:\[internal\] load metadata for|FROM) (\S+?)(?:@sha256:[0-9a-f]{64})?$/.exec(
		name,
	)?.[1];
	if (reference === undefined) return null;
	const places = stages.flatMap(({index, image, instructions}): Place[] => [
		...(image !== null && fullReference(image) === reference
			? [{stage: index, text: `FROM ${image}`, position: 'from' as const}]
			: []),
		...instructions.flatMap(({text}, position) => {
			const from = copiedFrom(text);
			const isImage = from !== null && !isStage(from, stages) && fullReference(from) === reference;
			return isImage ? [{stage: index, text, position}] : [];
		}),
	]);
	return places.length === 1 ? (places[0] ?? null) : null;
};

const isStage = (name: string, stages: PlannedStage[]): boolean =>
	/^\d+$/.test(name) || stages.some(stage => stage.named && stage.name.toLowerCase() === name.toLowerCase());

const fullReference = (image: string): string => {
	const [first = '', ...rest] = image.split('/');
	const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
	const path = hasRegistry ? image : `docker.io/${rest.length > 0 ? '' : 'library/'}${image}`;
	return /[:@][^/]*$/.test(path) ? path : `${path}:latest`;
};

/** Places the legacy builder's steps, which come in the order of the Dockerfile, one for each instruction. */
export const createStepPlacer = ({stages}: StageGraph): ((name: string) => Place | null) => {
	let stage = -1;
	let next = 0;
	return text => {
		if (/^FROM\b/i.test(text)) {
			stage++;
			next = 0;
			return stage < stages.length ? {stage, text, position: 'from'} : null;
		}
		// An ARG in front of the first FROM is a step too.
		const instructions = stages[stage]?.instructions;
		if (!instructions) return null;
		const position = next++;
		const isSame = instructions[position]?.keyword === /^\w+/.exec(text)?.[0].toUpperCase();
		return {stage, text, position: isSame ? position : null};
	};
};
