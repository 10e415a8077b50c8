import {DockerfileParser} from 'dockerfile-ast';
import {messages} from '../../messages/index.js';
import {UserError} from '../../text/user-error.js';
import type {BuildOptions, PlannedInstruction, PlannedStage, StageGraph} from '../model.js';
import {
	expandArgs,
	findCopySource,
	joinLines,
	listMountSources,
	readKeyword,
	splitWords,
} from './instruction-words.js';

type Platform = {os: string; architecture: string; variant: string};

/** Other names of architectures, as containerd reads them. */
const architectures: Record<string, string> = {
	x86_64: 'amd64',
	'x86-64': 'amd64',
	aarch64: 'arm64',
	i386: '386',
	armhf: 'arm',
};

/** Parses `linux/arm/v7`; an architecture alone implies Linux. */
const readPlatform = (text: string): Platform => {
	const words = text.toLowerCase().split('/');
	const [os = '', written = '', given = ''] = words.length === 1 ? ['linux', ...words] : words;
	const architecture = architectures[written] ?? written;
	const usual = architecture === 'arm' && written !== 'armhf' ? 'v7' : '';
	// arm64 is always v8.
	const variant = architecture === 'arm64' && given === 'v8' ? '' : given || usual;
	return {os, architecture, variant};
};

const formatPlatform = ({os, architecture, variant}: Platform): string =>
	[os, architecture, variant].filter(Boolean).join('/');

/**
 * Returns the arguments that BuildKit predefines. `platform`: the one to build for; `enginePlatform`: the one that
 * instructions run on.
 */
export const createPlatformArgs = ({
	target,
	platform,
	enginePlatform,
}: {
	target: string | undefined;
	platform: string;
	enginePlatform: string;
}): Map<string, string> => {
	const build = readPlatform(enginePlatform);
	const wanted = readPlatform(platform);
	return new Map([
		['BUILDPLATFORM', formatPlatform(build)],
		['BUILDOS', build.os],
		['BUILDOSVERSION', ''],
		['BUILDARCH', build.architecture],
		['BUILDVARIANT', build.variant],
		['TARGETPLATFORM', formatPlatform(wanted)],
		['TARGETOS', wanted.os],
		['TARGETOSVERSION', ''],
		['TARGETARCH', wanted.architecture],
		['TARGETVARIANT', wanted.variant],
		['TARGETSTAGE', target || 'default'],
	]);
};

/** A Dockerfile that can't be built. `line`: from 1; null if the error is not about a line. */
export class DockerfileError extends UserError {
	override name = 'DockerfileError';
	readonly line: number | null;

	constructor(message: string, line: number | null, next: string | null = null) {
		super(message, {next});
		this.line = line;
	}
}

/** A Dockerfile split into parts, before any argument is known. */
type Parts = {
	escapeMark: string;
	/** The `ARG`s before the first `FROM`. */
	globalArgs: PlannedInstruction[];
	stages: Part[];
};

type Part = Pick<PlannedStage, 'name' | 'alias' | 'index' | 'instructions' | 'line' | 'endLine'> & {
	/** The image or stage that `FROM` names, as written. */
	base: string;
};

/** A stage with its dependencies. */
type Draft = Omit<PlannedStage, 'needs'> & {base: Draft | null; needed: Draft[]};

/** The default platform, which most engines have. */
const defaultPlatform = 'linux/amd64';

/**
 * Parses the stages of a Dockerfile and their dependencies, as BuildKit resolves them, without building. With several
 * platforms, a stage needs what it needs on any of them. Throws a `DockerfileError` without a `FROM` or the target.
 */
export const parseDockerfile = (text: string, options: BuildOptions = {}): StageGraph => {
	const parts = splitIntoParts(text);
	if (parts.stages.length === 0) throw new DockerfileError(messages.stages.dockerfile.noFrom, 1);
	const {platforms = [], enginePlatform = defaultPlatform} = options;
	return (platforms.length > 0 ? platforms : [enginePlatform])
		.map(platform => resolveGraph(parts, options, platform))
		.reduce(mergeGraphs);
};

/** What the instructions of a Dockerfile refer to. */
export type DockerfileScope = {
	/** The mark that continues a line, and escapes a character. */
	escapeMark: string;
	/** The arguments that an `ARG` without a value takes over: BuildKit's own, and those before the first `FROM`. */
	globalArgs: ReadonlyMap<string, string>;
};

/** Reads what the instructions of a Dockerfile refer to, for the first platform. */
export const readDockerfileScope = (text: string, options: BuildOptions = {}): DockerfileScope => {
	const parts = splitIntoParts(text);
	const {platforms = [], enginePlatform = defaultPlatform} = options;
	const globalArgs = resolveGlobalArgs(parts, options, platforms[0] ?? enginePlatform);
	return {escapeMark: parts.escapeMark, globalArgs};
};

const splitIntoParts = (text: string): Parts => {
	const dockerfile = DockerfileParser.parse(text);
	const escapeMark = dockerfile.getEscapeCharacter();
	const lines = text.split(/\r?\n/);
	const globalArgs: PlannedInstruction[] = [];
	const stages: Part[] = [];
	for (const instruction of dockerfile.getInstructions()) {
		const {start, end} = instruction.getRange();
		const planned = toPlannedInstruction(
			{keyword: instruction.getKeyword(), start, end},
			{lines, escapeMark},
		);
		const stage = stages.at(-1);
		if (planned.keyword === 'FROM') stages.push(parseFrom(planned, stages.length));
		else if (stage) {
			stage.instructions.push(planned);
			stage.endLine = planned.endLine;
		} else if (planned.keyword === 'ARG') globalArgs.push(planned);
	}
	nameStages(stages);
	return {escapeMark, globalArgs, stages};
};

/** Parses a `FROM`, whose words are split at blanks, even inside quotes. */
const parseFrom = ({text, line, endLine}: PlannedInstruction, index: number): Part => {
	const [base = '', as, name] = text
		.split(/\s+/)
		.slice(1)
		.filter(word => !word.startsWith('--'));
	const isNamed = as?.toLowerCase() === 'as' && name !== undefined;
	return {
		name: isNamed ? name : `stage-${index}`,
		alias: isNamed ? name.toLowerCase() : null,
		index,
		base,
		instructions: [],
		line,
		endLine,
	};
};

/** Labels an unnamed last stage `final`, unless another stage has that name, and makes all labels unique. */
const nameStages = (stages: Part[]) => {
	const last = stages.at(-1);
	if (last?.alias === null && !stages.some(({alias}) => alias === 'final')) last.name = 'final';
	for (const stage of stages) {
		const isShared = stages.some(
			other =>
				other.name.toLowerCase() === stage.name.toLowerCase() &&
				(other.index > stage.index || (other.alias !== null && stage.alias === null)),
		);
		if (isShared) stage.name = `${stage.name}:${stage.line}`;
	}
};

type Position = {line: number; character: number};

const toPlannedInstruction = (
	{keyword, start, end}: {keyword: string; start: Position; end: Position},
	{lines, escapeMark}: {lines: string[]; escapeMark: string},
): PlannedInstruction => {
	const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
	const {text} = joinLines(lines.slice(start.line, last + 1), escapeMark);
	return {keyword, text, line: start.line + 1, endLine: last + 1};
};

const resolveGraph = (parts: Parts, options: BuildOptions, platform: string): StageGraph => {
	const {escapeMark} = parts;
	const args = resolveGlobalArgs(parts, options, platform);
	const drafts: Draft[] = [];
	for (const {base: written, ...part} of parts.stages) {
		const image = expandArgs(written, args, escapeMark);
		const base = drafts.findLast(({alias}) => alias === image.toLowerCase()) ?? null;
		const replacedBy = findContext(part.alias, options);
		const isOwn = replacedBy === null;
		drafts.push({
			...part,
			image: base || !isOwn ? null : image,
			replacedBy,
			base: isOwn ? base : null,
			triggers: isOwn && base ? collectTriggers(base) : [],
			needed: isOwn && base ? [base] : [],
		});
	}
	for (const draft of drafts) addDependencies(draft, drafts);
	const target = findTarget(drafts, options.target);
	const reached = findReachable(target);
	return {
		stages: drafts.map(({base: _, needed, ...stage}) => ({...stage, needs: needed.map(({name}) => name)})),
		target: target.name,
		reachable: drafts.filter(draft => reached.has(draft)).map(({name}) => name),
	};
};

/** Returns the arguments that `FROM` may use: BuildKit's own, and those before the first `FROM`. */
const resolveGlobalArgs = (
	{globalArgs, escapeMark}: Parts,
	{target, buildArgs = new Map(), enginePlatform = defaultPlatform}: BuildOptions,
	platform: string,
): Map<string, string> => {
	const args = createPlatformArgs({target, platform, enginePlatform});
	for (const name of args.keys()) args.set(name, buildArgs.get(name) ?? args.get(name) ?? '');
	for (const {text} of globalArgs) {
		for (const word of splitWords(text.slice('ARG'.length), escapeMark)) {
			const at = word.indexOf('=');
			const name = at < 0 ? word : word.slice(0, at);
			const written = at < 0 ? null : expandArgs(word.slice(at + 1), args, escapeMark);
			const value = buildArgs.get(name) ?? written;
			if (value !== null) args.set(name, value);
		}
	}
	return args;
};

/** Returns the path or address of the build context that replaces a stage; null if there is none. */
const findContext = (alias: string | null, {contexts = new Map()}: BuildOptions): string | null =>
	[...contexts].findLast(([name]) => alias !== null && name.toLowerCase() === alias)?.[1] ?? null;

const onBuild = /^ONBUILD\s+/i;

const collectTriggers = ({instructions}: Draft): PlannedInstruction[] =>
	instructions
		.filter(({keyword}) => keyword === 'ONBUILD')
		.map(({text, ...place}) => {
			const trigger = text.replace(onBuild, '');
			return {...place, text: trigger, keyword: readKeyword(trigger)};
		});

/**
 * Adds the stages that `COPY --from` and mounts use; those in `ONBUILD` count for the stages that start from this one.
 */
const addDependencies = (draft: Draft, drafts: Draft[]) => {
	if (draft.replacedBy !== null) return;
	for (const {text} of [...draft.triggers, ...draft.instructions]) {
		const source = findCopySource(text);
		// Mounts refer to stages by name, never by number.
		const mounted = listMountSources(text).map(name => findNamed(drafts, name));
		for (const used of [source === null ? undefined : findStage(drafts, source), ...mounted]) {
			if (used && used !== draft && !draft.needed.includes(used)) draft.needed.push(used);
		}
	}
};

/** Returns the stage with this name; the last one if several have it. */
const findNamed = (drafts: Draft[], name: string): Draft | undefined =>
	drafts.findLast(({alias}) => alias === name.toLowerCase());

/** Returns the stage with this name or number. */
const findStage = (drafts: Draft[], nameOrNumber: string): Draft | undefined =>
	findNamed(drafts, nameOrNumber) ?? (/^\d+$/.test(nameOrNumber) ? drafts[Number(nameOrNumber)] : undefined);

/** Returns the target stage: the last one for an empty target. */
const findTarget = (drafts: Draft[], target: string | undefined): Draft => {
	const found = target ? findStage(drafts, target) : drafts.at(-1);
	if (found) return found;
	const {noStage, stageNames, noStageNames} = messages.stages.dockerfile;
	const names = drafts.filter(({alias}) => alias !== null).map(({name}) => name);
	throw new DockerfileError(noStage(target ?? ''), null, names.length > 0 ? stageNames(names) : noStageNames);
};

const findReachable = (target: Draft): Set<Draft> => {
	// Iterating over a set also visits the items added meanwhile.
	const reached = new Set([target]);
	for (const {needed} of reached) for (const draft of needed) reached.add(draft);
	return reached;
};

/** Merges the graphs of two platforms: a stage needs what it needs on either. */
const mergeGraphs = (one: StageGraph, other: StageGraph): StageGraph => ({
	...one,
	stages: one.stages.map((stage, index) => ({
		...stage,
		needs: [...new Set([...stage.needs, ...(other.stages[index]?.needs ?? [])])],
	})),
	reachable: one.stages
		.map(({name}) => name)
		.filter(name => one.reachable.includes(name) || other.reachable.includes(name)),
});

/**
 * Parses the stages of a Dockerfile as far as possible: none if it is missing (null) or invalid, all of them if it
 * lacks the target. The builder will report why it can't build.
 */
export const parseStageGraph = (text: string | null, options: BuildOptions = {}): StageGraph => {
	const {target} = options;
	const none: StageGraph = {stages: [], target: target || 'final', reachable: []};
	if (text === null) return none;
	try {
		return parseDockerfile(text, options);
	} catch (error) {
		if (!(error instanceof DockerfileError)) throw error;
		if (!target) return none;
		const {stages} = parseStageGraph(text, {...options, target: undefined});
		// Nothing will be built, so nothing is skipped.
		return {stages, target, reachable: stages.map(({name}) => name)};
	}
};
