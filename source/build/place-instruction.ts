import {isSameImageName} from '../text/image-name.js';
import {copiedFrom} from './copied-from.js';
import type {PlannedInstruction, PlannedStage, StageGraph} from './model.js';
import type {VertexName} from './vertex-name.js';

/** Where in the Dockerfile something belongs that a builder names. */
export type Place = {
	/** Index of the stage. */
	stage: number;
	/** Its name without the `[stage n/m]` in front. */
	text: string;
	/** Index in the stage's triggers and instructions, as one list; null when it can't be told. */
	position: number | 'from' | null;
	/** Where the builder says one. */
	platform: string | null;
	/** Its place among what the builder does in the stage, from 1; 0 where it doesn't say. */
	number: number;
};

/** Of a builder that says neither. */
const whole = {platform: null, number: 0} as const;

/** Whether it makes a layer of files: BuildKit lists only these, and `FROM`. */
export const isBuilding = ({keyword}: PlannedInstruction): boolean =>
	keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' || keyword === 'WORKDIR';

/** All that is done in a stage, in order: what its base adds, and its own instructions. */
export const bodyOfPlan = ({triggers, instructions}: PlannedStage): PlannedInstruction[] => [
	...triggers,
	...instructions,
];

/** Places one of BuildKit's vertices; null when it belongs to no stage of the file. */
export const placeVertex = (vertex: VertexName, {stages, reachable}: StageGraph): Place | null => {
	const places = stagesOf(vertex.label, stages).map(stage => placeIn(stage, vertex));
	// Of stages that share a name, the one that has such an instruction there, and rather one that is needed.
	const isNeeded = ({stage}: Scored) => reachable.includes(stages[stage]?.name ?? '');
	const [best] = places.toSorted((a, b) => b.score - a.score || Number(isNeeded(b)) - Number(isNeeded(a)));
	if (!best) return null;
	const {score: _, ...place} = best;
	return place;
};

type Scored = Place & {score: number};

const placeIn = (stage: PlannedStage, {text, number, total, platform}: VertexName): Scored => {
	const body = bodyOfPlan(stage);
	const place = {stage: stage.index, text, platform, number};
	const building = body.filter(isBuilding);
	const bases = stage.image === null || stage.image === 'scratch' ? 0 : 1;
	const ownBuilding = stage.instructions.filter(isBuilding).length;
	const fits = total === bases + ownBuilding || total === bases + building.length;
	if (/^FROM\b/i.test(text)) {
		const [, image = ''] = text.split(/\s+/);
		const isSame =
			stage.image !== null &&
			[image, image.replace(/@.*$/, '')].some(name => isSameImageName(name, stage.image ?? ''));
		return {...place, position: 'from', score: Number(isSame) * 2 + Number(fits)};
	}
	// What a base image adds is not in the file, and comes before all else. Older ones don't count it in the total.
	const expected = building[number - 1 - bases - Math.max(0, total - bases - building.length)];
	const isMeant = (planned: PlannedInstruction | undefined): planned is PlannedInstruction =>
		planned !== undefined && isShownAs(planned, text);
	const found = isMeant(expected)
		? expected
		: (building.slice(0, Math.max(0, number - bases)).findLast(isMeant) ?? null);
	// A newer builder may show an instruction in another way: then its place counts.
	const chosen = found ?? (expected?.keyword === keywordOf(text) ? expected : null);
	return {
		...place,
		position: chosen && body.indexOf(chosen),
		score: (found ? (found === expected ? 3 : 2) : chosen ? 1 : 0) * 2 + Number(fits),
	};
};

const keywordOf = (text: string): string => /^\w+/.exec(text)?.[0].toUpperCase() ?? '';

/** Whether BuildKit may show this instruction so: variables are filled in, and nobody knows here with what. */
const isShownAs = (planned: PlannedInstruction, text: string): boolean => {
	if (planned.keyword !== keywordOf(text)) return false;
	let pattern = patterns.get(planned);
	if (!pattern) {
		const [first = '', ...others] = squeeze(planned.text.slice(planned.keyword.length))
			.split(/\$(?:\w+|\{[^}]*\})|\\.|<</s)
			.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
		// A heredoc is followed by its first words.
		const isOpen = planned.text.includes('<<');
		pattern = new RegExp(`^${[first, ...others].join('.*?')}${isOpen ? '' : '$'}`, 's');
		patterns.set(planned, pattern);
	}
	return pattern.test(squeeze(text.slice(planned.keyword.length)));
};

/** Made once for each instruction, as it is tried for every vertex of its stage. */
const patterns = new WeakMap<PlannedInstruction, RegExp>();

const squeeze = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The stages that a label may stand for: several where they share a name. */
const stagesOf = (label: string | null, stages: PlannedStage[]): PlannedStage[] => {
	if (label === null) return stages.length === 1 ? stages : [];
	const named = stagesByAlias(stages).get(label.toLowerCase());
	if (named) return named;
	const unnamed = stages[Number(/^stage-(\d+)$/.exec(label)?.[1] ?? Number.NaN)];
	return unnamed?.alias === null ? [unnamed] : [];
};

/** Looked up for every vertex, so made once for each Dockerfile. */
const byAlias = new WeakMap<PlannedStage[], Map<string, PlannedStage[]>>();

const stagesByAlias = (stages: PlannedStage[]): Map<string, PlannedStage[]> => {
	const known = byAlias.get(stages);
	if (known) return known;
	const map = new Map<string, PlannedStage[]>();
	for (const stage of stages) {
		if (stage.alias !== null) map.set(stage.alias, [...(map.get(stage.alias) ?? []), stage]);
	}
	byAlias.set(stages, map);
	return map;
};

/**
 * The one `FROM` or `COPY --from` whose image BuildKit looks up or loads: `[internal] load metadata for …` and
 * `FROM …` name it in full. Null if several do.
 */
export const placeImage = (name: string, {stages}: StageGraph): Place | null => {
	const reference = /^(?:\[(?:\S+ )?internal\] load metadata for|FROM) (\S+?)(?:@sha256:[0-9a-f]{64})?$/.exec(
		name,
	)?.[1];
	if (reference === undefined) return null;
	const places = stages.flatMap((stage): Place[] => {
		const {index, image} = stage;
		return [
			...(image !== null && isSameImageName(image, reference)
				? [{stage: index, text: `FROM ${image}`, ...whole, position: 'from' as const}]
				: []),
			...bodyOfPlan(stage).flatMap(({text}, position) => {
				const from = copiedFrom(text);
				const isImage = from !== null && !isStage(from, stages) && isSameImageName(from, reference);
				return isImage ? [{stage: index, text, position, ...whole}] : [];
			}),
		];
	});
	return places.length === 1 ? (places[0] ?? null) : null;
};

const isStage = (name: string, stages: PlannedStage[]): boolean =>
	/^\d+$/.test(name) || stages.some(({alias}) => alias === name.toLowerCase());

/**
 * Places one of Buildah's steps by its numbers: `2/4 1/3` is the first of three steps of the second stage, its `FROM`.
 * Null when the file has no such stage.
 */
export const placeNumberedStep = (id: string, text: string, {stages}: StageGraph): Place | null => {
	const [number, , step, total] = id.split(/[ /]/).map(Number);
	const stage = stages[(number ?? 0) - 1];
	if (!stage || step === undefined || total === undefined) return null;
	if (step === 1) {
		// Buildah writes the ID of the image that an earlier stage has become.
		const base = text.replace(/^FROM [0-9a-f]{64}\b/, `FROM ${stage.needs[0]}`);
		return {stage: stage.index, text: base, position: 'from', ...whole};
	}
	const body = bodyOfPlan(stage);
	// What ONBUILD of an image adds comes first, what a flag adds last.
	const position = [step - 2, body.length - 1 - (total - step)].find(
		place => body[place]?.keyword === keywordOf(text),
	);
	return {stage: stage.index, text, position: position ?? null, ...whole};
};

/** Places the legacy builder's steps, which come in the order of the Dockerfile, one for each instruction. */
export const createStepPlacer = ({stages}: StageGraph): ((name: string) => Place | null) => {
	let stage = -1;
	let next = 0;
	return text => {
		if (/^FROM\b/i.test(text)) {
			stage++;
			next = 0;
			return stage < stages.length ? {stage, text, position: 'from', ...whole} : null;
		}
		// An ARG in front of the first FROM is a step too.
		const current = stages[stage];
		if (!current) return null;
		// Triggers are no steps.
		const position = current.triggers.length + next++;
		const isSame = bodyOfPlan(current)[position]?.keyword === keywordOf(text);
		return {stage, text, position: isSame ? position : null, ...whole};
	};
};
