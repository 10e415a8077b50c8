import path from 'node:path';
import {
	expandArgs,
	findCopySource,
	joinLines,
	listFlags,
	splitWords,
} from '../stages/dockerfile/instruction-words.js';
import type {DockerfileScope} from '../stages/dockerfile/parse-dockerfile.js';
import type {PlannedInstruction, PlannedStage, StageGraph} from '../stages/model.js';
import type {ContextSource} from './context.js';
import {digest} from './digest.js';
import {
	applySetting,
	createStageState,
	digestSettings,
	digestUsed,
	type Settings,
	type StageState,
} from './stage-state.js';

/** An instruction that BuildKit runs or takes from its cache, and what decides that, apart from what is before it. */
export type CacheableInstruction = {
	/** Its first line in the Dockerfile, from 1. */
	line: number;
	/** The instruction on one line, without heredocs. */
	text: string;
	/** A digest of the instruction as written, with its heredocs. */
	written: string;
	/** A digest of all that BuildKit counts of the instruction itself, with variables filled in. */
	definition: string;
	settings: Settings;
	/** The variables among its settings that `ARG` declares. */
	args: string[];
	/** Whether it is a `COPY --link`, or such an `ADD`. */
	isLinked: boolean;
	/** What it reads from the build context. */
	sources: ContextSource[];
	/** The stages that it copies from or mounts, in order. */
	stages: string[];
	/** The images that it copies from or mounts. */
	images: string[];
	/** The further build contexts (`--build-context`) that it copies from or mounts. */
	contexts: string[];
	/** The addresses that an `ADD` downloads from without a checksum. */
	addresses: string[];
};

/** A stage that is built, with the instructions of its own. */
export type CacheableStage = {
	name: string;
	/** The base image; null if it starts from a stage, or from a folder in place of one. */
	image: string | null;
	/** The stage that it starts from; null if it starts from anything else. */
	base: string | null;
	/** The platform of its base image; empty for that of the engine. */
	platform: string;
	instructions: CacheableInstruction[];
};

type Dockerfile = {
	text: string;
	graph: StageGraph;
	scope: DockerfileScope;
	buildArgs: ReadonlyMap<string, string>;
	/** The platform that is asked for; empty for that of the engine. */
	platform: string;
	/** The values of `--build-context`, by name. */
	contexts: ReadonlyMap<string, string>;
};

/** Plans the stages that the target needs, in the order of the Dockerfile. */
export const planInstructions = (dockerfile: Dockerfile): CacheableStage[] => {
	const {graph, text, scope, platform} = dockerfile;
	const lines = text.split(/\r?\n/);
	const states = new Map<string, StageState>();
	return graph.stages
		.filter(({name, replacedBy}) => graph.reachable.includes(name) && replacedBy === null)
		.map(stage => {
			const needed =
				stage.image === null ? graph.stages.find(({name}) => name === stage.needs[0]) : undefined;
			const context = needed?.replacedBy ?? null;
			const base = context === null ? (needed?.name ?? null) : null;
			const state = createStageState(states.get(base ?? '') ?? null);
			states.set(stage.name, state);
			const from = joinLines(lines.slice(stage.line - 1, stage.endLine), scope.escapeMark).text;
			return {
				name: stage.name,
				image: context === null ? stage.image : imageOf(context),
				base,
				platform: expandArgs(findFlag(from, 'platform'), scope.globalArgs, scope.escapeMark) || platform,
				instructions: planStage(stage, state, {...dockerfile, lines}),
			};
		});
};

type Parts = Dockerfile & {lines: string[]};

const planStage = (stage: PlannedStage, state: StageState, dockerfile: Parts): CacheableInstruction[] => {
	const {scope, lines} = dockerfile;
	return [...stage.triggers, ...stage.instructions].flatMap(instruction => {
		const {keyword, text, line, endLine} = instruction;
		const words = text.slice(keyword.length).trim();
		applySetting(state, {keyword, words}, dockerfile);
		const {rest} = joinLines(lines.slice(line - 1, endLine), scope.escapeMark);
		const planned = planInstruction(instruction, rest.join('\n'), {stage, state, dockerfile});
		return planned ? [{...planned, line, text, written: digest(words, ...rest)}] : [];
	});
};

type Planned = Omit<CacheableInstruction, 'line' | 'text' | 'written'>;
type Place = {stage: PlannedStage; state: StageState; dockerfile: Parts};

const nothing = {isLinked: false, sources: [], stages: [], images: [], contexts: [], addresses: []};

/** Null for an instruction that only changes the settings or the metadata of the image. */
const planInstruction = (instruction: PlannedInstruction, heredoc: string, place: Place): Planned | null => {
	const {keyword, text} = instruction;
	const {state} = place;
	const named = (settings: Settings) => ({
		settings,
		args: [...state.args].filter(name => `$${name}` in settings),
	});
	switch (keyword) {
		case 'WORKDIR':
			if (state.folder === '/') return null;
			return {
				...nothing,
				definition: digest(keyword, state.folder, state.user),
				...named({...digestUsed(state, text), WORKDIR: digest(state.folder), USER: digest(state.user)}),
			};
		case 'RUN': {
			const settings = digestSettings(state);
			const definition = digest(text.slice(keyword.length).trim(), heredoc, JSON.stringify(settings));
			return {...nothing, ...readMounts(text, place), definition, ...named(settings)};
		}
		case 'COPY':
		case 'ADD':
			return {
				...planCopy(instruction, heredoc, place),
				...named({...digestUsed(state, text + heredoc), WORKDIR: digest(state.folder)}),
			};
		default:
			return null;
	}
};

/** What the mounts of a `RUN` read. */
const readMounts = (text: string, place: Place): Partial<Planned> => {
	const {state, dockerfile} = place;
	const mounts = listFlags(text)
		.filter(flag => flag.startsWith('--mount='))
		.map(
			flag =>
				new Map(
					splitOptions(
						expandArgs(flag.slice('--mount='.length), state.environment, dockerfile.scope.escapeMark),
					),
				),
		)
		.filter(options => (options.get('type') ?? 'bind') === 'bind' || options.has('from'));
	const froms = mounts.flatMap(options => options.get('from') ?? []);
	const sources = mounts
		.filter(options => !options.has('from'))
		.map(options => createSource(options.get('source') ?? options.get('src') ?? '', {isMount: true}));
	return {sources, ...findOrigins(froms, place, {byNumber: false})};
};

/** The image that a further build context stands for; null for a folder or an address. */
const imageOf = (context: string): string | null => /^docker-image:\/\/(.+)/.exec(context)?.[1] ?? null;

const splitOptions = (text: string): Array<[name: string, value: string]> =>
	text.split(',').map(option => {
		const at = option.indexOf('=');
		return at < 0 ? [option.toLowerCase(), ''] : [option.slice(0, at).toLowerCase(), option.slice(at + 1)];
	});

/** Sorts the names after `from=` into further build contexts, stages, which may be given by their numbers, and images. */
const findOrigins = (
	names: string[],
	{dockerfile: {graph, contexts: given}}: Place,
	{byNumber}: {byNumber: boolean},
): Pick<CacheableInstruction, 'stages' | 'images' | 'contexts'> => {
	const stages: string[] = [];
	const images: string[] = [];
	const contexts: string[] = [];
	for (const name of names) {
		const found =
			graph.stages.findLast(({alias}) => alias === name.toLowerCase()) ??
			(byNumber && /^\d+$/.test(name) ? graph.stages[Number(name)] : undefined);
		const context = [...given].findLast(([other]) => other.toLowerCase() === name.toLowerCase());
		const image = context ? imageOf(context[1]) : null;
		if (image) images.push(image);
		else if (context) contexts.push(name);
		else if (found) stages.push(found.name);
		else images.push(name);
	}
	return {stages, images, contexts};
};

const planCopy = (
	{keyword, text}: PlannedInstruction,
	heredoc: string,
	place: Place,
): Omit<Planned, 'settings' | 'args'> => {
	const {state, dockerfile} = place;
	const {escapeMark} = dockerfile.scope;
	const expand = (word: string): string => expandArgs(word, state.environment, escapeMark);
	const flags = listFlags(text).map(expand).filter(Boolean);
	const operands = listOperands(text, escapeMark).map(expand);
	const written = operands.slice(0, -1);
	const from = findCopySource(text);
	const excludes = flags.flatMap(flag => /^--exclude=(.+)/.exec(flag)?.[1] ?? []);
	const keepsParents = flags.some(flag => /^--parents(?:=true)?$/.test(flag));
	const isAddress = (word: string): boolean => keyword === 'ADD' && addressPattern.test(word);
	const local = written.filter(word => !word.startsWith('<<') && !isAddress(word));
	const sources = local.map(word => createSource(word, {excludes, keepsParents}));
	// BuildKit counts only the last part of the path of a source, and what it finds there.
	const names = written.map(word =>
		word.startsWith('<<') || isAddress(word) || keepsParents
			? word
			: path.posix.basename(createSource(word).path),
	);
	const other = flags.filter(flag => !flag.startsWith('--from='));
	const hasChecksum = flags.some(flag => flag.startsWith('--checksum='));
	return {
		isLinked: flags.some(flag => /^--link(?:=true)?$/.test(flag)),
		definition: digest(
			keyword,
			JSON.stringify([other.sort(), names, findDestination(operands.at(-1) ?? '', state)]),
			heredoc,
			heredoc === '' ? '' : JSON.stringify(digestUsed(state, heredoc)),
		),
		sources: from === null ? sources : [],
		...findOrigins(from === null ? [] : [from], place, {byNumber: true}),
		addresses: hasChecksum ? [] : written.filter(isAddress),
	};
};

/** What an `ADD` downloads: over HTTP, or with Git. */
const addressPattern = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@)/;

/** Returns the value of a flag; empty without it. */
const findFlag = (text: string, name: string): string =>
	listFlags(text)
		.find(flag => flag.startsWith(`--${name}=`))
		?.slice(name.length + 3) ?? '';

/** Returns the words of a `COPY` after its flags, with quotes unless they are an array. */
const listOperands = (text: string, escapeMark: string): string[] => {
	const words = text.replace(/^\w+(?:\s+--\S+)*\s*/, '');
	if (words.startsWith('[')) {
		try {
			const array: unknown = JSON.parse(words);
			if (Array.isArray(array)) return array.map(String);
		} catch {
			// The builder reads it as words, too.
		}
	}
	return splitWords(words, escapeMark);
};

const createSource = (
	written: string,
	{
		excludes = [],
		keepsParents = false,
		isMount = false,
	}: {excludes?: string[]; keepsParents?: boolean; isMount?: boolean} = {},
): ContextSource => {
	const cleaned = path.posix.join('/', written).slice(1).replace(/\/$/, '');
	return {path: cleaned, isPattern: !isMount && /[*?[]/.test(cleaned), excludes, keepsParents};
};

/** The slash at the end of a destination counts: it makes it a folder. */
const findDestination = (written: string, {folder}: StageState): string => {
	const ended = written === '.' || written === '' ? './' : written;
	return ended.startsWith('/') ? path.posix.normalize(ended) : path.posix.join(folder || '/', ended);
};
