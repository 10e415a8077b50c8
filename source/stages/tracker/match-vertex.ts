import {isSameImageName} from '../../docker/image-ref.js';
import {findCopySource, readKeyword} from '../dockerfile/instruction-words.js';
import type {BuildFormat, PlannedInstruction, PlannedStage, StageGraph} from '../model.js';

/** The place in the Dockerfile of a step that a builder names. */
export type VertexMatch = {
	/** Index of the stage. */
	stage: number;
	/** The step's name without the `[stage n/m]` prefix. */
	text: string;
	/** Index in the stage's triggers and instructions, as one list; null if unknown. */
	position: number | 'from' | null;
	/** Null if the builder gives none. */
	platform: string | null;
	/** Position among the builder's steps in the stage, from 1; 0 if the builder gives none. */
	number: number;
};

/** For a builder that gives neither. */
const unnumbered = {platform: null, number: 0} as const;

/** Whether an instruction makes a layer of files: BuildKit lists only these, and `FROM`. */
export const makesFiles = ({keyword}: PlannedInstruction): boolean =>
	keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD' || keyword === 'WORKDIR';

/** Returns all instructions of a stage, in order: those that its base adds, and its own. */
export const listPlannedInstructions = ({triggers, instructions}: PlannedStage): PlannedInstruction[] => [
	...triggers,
	...instructions,
];

/** Finds the place of one of BuildKit's vertices; null if it belongs to no stage of the file. */
export const matchVertex = (vertex: VertexName, {stages, reachable}: StageGraph): VertexMatch | null => {
	const places = findStagesByLabel(vertex.label, stages).map(stage => scoreMatch(stage, vertex));
	// Of stages that share a name, prefer one with such an instruction there, then one that is needed.
	const isNeeded = ({stage}: ScoredMatch) => reachable.includes(stages[stage]?.name ?? '');
	const [best] = places.toSorted((a, b) => b.score - a.score || Number(isNeeded(b)) - Number(isNeeded(a)));
	return best ?? null;
};

type ScoredMatch = VertexMatch & {score: number};

const scoreMatch = (stage: PlannedStage, {text, number, total, platform}: VertexName): ScoredMatch => {
	const body = listPlannedInstructions(stage);
	const place = {stage: stage.index, text, platform, number};
	const building = body.filter(makesFiles);
	const bases = stage.image === null || stage.image === 'scratch' ? 0 : 1;
	const ownBuilding = stage.instructions.filter(makesFiles).length;
	const fits = total === bases + ownBuilding || total === bases + building.length;
	if (/^FROM\b/i.test(text)) {
		const [, image = ''] = text.split(/\s+/);
		const isSame =
			stage.image !== null &&
			[image, image.replace(/@.*$/, '')].some(name => isSameImageName(name, stage.image ?? ''));
		return {...place, position: 'from', score: Number(isSame) * 2 + Number(fits)};
	}
	// What a base image adds is not in the file, and comes first. Older BuildKits don't count it in the total.
	const expected = building[number - 1 - bases - Math.max(0, total - bases - building.length)];
	const isMeant = (planned: PlannedInstruction | undefined): planned is PlannedInstruction =>
		planned !== undefined && matchesText(planned, text);
	const found = isMeant(expected)
		? expected
		: (building.slice(0, Math.max(0, number - bases)).findLast(isMeant) ?? null);
	// A newer builder may print an instruction differently: then its position decides.
	const chosen = found ?? (expected?.keyword === readKeyword(text) ? expected : null);
	return {
		...place,
		position: chosen && body.indexOf(chosen),
		score: (found ? (found === expected ? 3 : 2) : chosen ? 1 : 0) * 2 + Number(fits),
	};
};

/** Whether BuildKit may print an instruction like this: it fills in variables, whose values are unknown here. */
const matchesText = (planned: PlannedInstruction, text: string): boolean => {
	if (planned.keyword !== readKeyword(text)) return false;
	let pattern = patternCache.get(planned);
	if (!pattern) {
		const [first = '', ...others] = collapseSpaces(planned.text.slice(planned.keyword.length))
			.split(/\$(?:\w+|\{[^}]*\})|\\.|<</s)
			.map(part => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
		// BuildKit appends the first words of a heredoc.
		const isOpen = planned.text.includes('<<');
		pattern = new RegExp(`^${[first, ...others].join('.*?')}${isOpen ? '' : '$'}`, 's');
		patternCache.set(planned, pattern);
	}
	return pattern.test(collapseSpaces(text.slice(planned.keyword.length)));
};

/** Patterns by instruction: each is tried for every vertex of its stage. */
const patternCache = new WeakMap<PlannedInstruction, RegExp>();

const collapseSpaces = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Returns the stages that a label may refer to: several if they share a name. */
const findStagesByLabel = (label: string | null, stages: PlannedStage[]): PlannedStage[] => {
	if (label === null) return stages.length === 1 ? stages : [];
	const named = indexByAlias(stages).get(label.toLowerCase());
	if (named) return named;
	const unnamed = stages[Number(/^stage-(\d+)$/.exec(label)?.[1] ?? Number.NaN)];
	return unnamed?.alias === null ? [unnamed] : [];
};

/** Cached for each Dockerfile, because every vertex needs it. */
const aliasCache = new WeakMap<PlannedStage[], Map<string, PlannedStage[]>>();

const indexByAlias = (stages: PlannedStage[]): Map<string, PlannedStage[]> => {
	const known = aliasCache.get(stages);
	if (known) return known;
	const map = new Map<string, PlannedStage[]>();
	for (const stage of stages) {
		if (stage.alias !== null) map.set(stage.alias, [...(map.get(stage.alias) ?? []), stage]);
	}
	aliasCache.set(stages, map);
	return map;
};

/**
 * Returns the only `FROM` or `COPY --from` whose image BuildKit looks up or loads, given a vertex that names it in
 * full: `[internal] load metadata for …` or `FROM …`. Null if none or several match.
 */
export const matchImage = (name: string, {stages}: StageGraph): VertexMatch | null => {
	const reference = /^(?:\[(?:\S+ )?internal\] load metadata for|FROM) (\S+?)(?:@sha256:[0-9a-f]{64})?$/.exec(
		name,
	)?.[1];
	if (reference === undefined) return null;
	const places = stages.flatMap((stage): VertexMatch[] => {
		const {index, image} = stage;
		return [
			...(image !== null && isSameImageName(image, reference)
				? [{stage: index, text: `FROM ${image}`, ...unnumbered, position: 'from' as const}]
				: []),
			...listPlannedInstructions(stage).flatMap(({text}, position) => {
				const from = findCopySource(text);
				const isImage = from !== null && !namesStage(from, stages) && isSameImageName(from, reference);
				return isImage ? [{stage: index, text, position, ...unnumbered}] : [];
			}),
		];
	});
	return places.length === 1 ? (places[0] ?? null) : null;
};

const namesStage = (name: string, stages: PlannedStage[]): boolean =>
	/^\d+$/.test(name) || stages.some(({alias}) => alias === name.toLowerCase());

/**
 * Finds the place of one of Buildah's steps by its numbers: `2/4 1/3` is the first of three steps of the second stage,
 * its `FROM`. Null if the file has no such stage.
 */
const matchNumberedStep = (id: string, text: string, {stages}: StageGraph): VertexMatch | null => {
	const [number, , step, total] = id.split(/[ /]/).map(Number);
	const stage = stages[(number ?? 0) - 1];
	if (!stage || step === undefined || total === undefined) return null;
	if (step === 1) {
		// Buildah prints the image ID of an earlier stage instead of its name.
		const base = text.replace(/^FROM [0-9a-f]{64}\b/, `FROM ${stage.needs[0]}`);
		return {stage: stage.index, text: base, position: 'from', ...unnumbered};
	}
	const body = listPlannedInstructions(stage);
	// Steps that ONBUILD of an image adds come first, those that a flag adds come last.
	const position = [step - 2, body.length - 1 - (total - step)].find(
		place => body[place]?.keyword === readKeyword(text),
	);
	return {stage: stage.index, text, position: position ?? null, ...unnumbered};
};

/** Returns the format whose ids look like this: `#3`, `sha256:…`, `2/4 1/3` or `7`. */
export const detectFormatById = (id: string): BuildFormat => {
	if (id.startsWith('#')) return 'plain';
	if (id.includes(':')) return 'rawjson';
	return id.includes('/') ? 'buildah' : 'legacy';
};

/** Creates a function that finds the place of a step by its id and name; null if it belongs to no stage of the file. */
export const createMatcher = (graph: StageGraph): ((id: string, name: string) => VertexMatch | null) => {
	if (graph.parts) return createTargetMatcher(graph.parts);
	const matchStep = createStepMatcher(graph);
	return (id, name) => {
		const format = detectFormatById(id);
		if (format === 'legacy') return matchStep(name);
		if (format === 'buildah') return matchNumberedStep(id, name, graph);
		const vertex = readVertexName(name);
		return vertex && matchVertex(vertex, graph);
	};
};

/**
 * The same for the targets that a file defines. Their names come first, `[web builder 2/3] RUN …`, but that of a single one
 * only if Compose builds it.
 */
const createTargetMatcher = (
	parts: NonNullable<StageGraph['parts']>,
): ((id: string, name: string) => VertexMatch | null) => {
	const targets = new Map(parts.map(({name, graph, at}) => [name, {match: createMatcher(graph), at}]));
	const [only, ...others] = targets.values();
	return (id, name) => {
		const [, target = '', rest = ''] = /^\[(\S+) +(.*)$/s.exec(name) ?? [];
		const found = targets.get(target);
		const place = found?.match(id, `[${rest}`) ?? null;
		if (found && place) return {...place, stage: found.at + place.stage};
		return (others.length === 0 && only?.match(id, name)) || null;
	};
};

/** Creates a function that finds the place of the legacy builder's steps: one per instruction, in Dockerfile order. */
export const createStepMatcher = ({stages}: StageGraph): ((name: string) => VertexMatch | null) => {
	let stage = -1;
	let next = 0;
	return text => {
		if (/^FROM\b/i.test(text)) {
			stage++;
			next = 0;
			return stage < stages.length ? {stage, text, position: 'from', ...unnumbered} : null;
		}
		// An ARG before the first FROM is a step, too.
		const current = stages[stage];
		if (!current) return null;
		// Triggers are not steps.
		const position = current.triggers.length + next++;
		const isSame = listPlannedInstructions(current)[position]?.keyword === readKeyword(text);
		return {stage, text, position: isSame ? position : null, ...unnumbered};
	};
};

/** The parsed name of a BuildKit vertex that is about an instruction. */
export type VertexName = {
	/** The platform, if BuildKit prints one: `linux/arm64`, or `linux/amd64->arm64` for a cross-build. */
	platform: string | null;
	/** The stage's name in lower case, or `stage-N`; null in a Dockerfile with one stage. */
	label: string | null;
	/** Position among the instructions of its stage that make files, from 1; `FROM` of an image counts. */
	number: number;
	/** The number of these instructions. BuildKit before 0.21 counts triggers of a base in `number` only. */
	total: number;
	/** The instruction as BuildKit prints it, with arguments and variables filled in. */
	text: string;
};

/**
 * Parses `[build 2/3] RUN …`, `[stage-3  1/12] COPY …`, `[1/2] FROM …`, `[linux/amd64 build 2/3] …`. Null for any other
 * name, such as `[internal] load build context`.
 */
export const readVertexName = (name: string): VertexName | null => {
	const [, platform = null, label = null, number, total, text = ''] =
		/^\[(?:([^\s\]]+\/[^\s\]]+) +)?(?:([^\s\]]+) )? *(\d+)\/(\d+)\] (?:ONBUILD )?(.*)$/s.exec(name) ?? [];
	return number === undefined ? null : {platform, label, number: Number(number), total: Number(total), text};
};
