import {messages} from '../../messages/index.js';
import {createLineTail, createRing} from '../../text/lines.js';
import {findCopySource} from '../dockerfile/instruction-words.js';
import type {
	Build,
	BuildEvent,
	BuildFailure,
	BuildFormat,
	PlannedInstruction,
	PlannedStage,
	SaidLine,
	StageGraph,
} from '../model.js';
import type {BuildSituation} from './judge-stages.js';
import {detectFormatById} from './match-vertex.js';
import {createStageIndex, updateEntry} from './stage-index.js';
import {type IndexedInstruction, roundSeconds} from './stage-state.js';

export type StageTracker = {
	/** Takes the next event. Returns the stage that a line of output belongs to; null for all else. */
	fold(event: BuildEvent): string | null;
	/** The build has ended. `exitCode`: null when it was ended by force or could not start. */
	end(exitCode: number | null, cancelled: boolean): void;
	/** The build as it stands; unchanged stages are the same objects again. `at`: seconds since it began, now. */
	snapshot(at?: number): Build;
};

/**
 * Folds the events of one build into its stages. `asked`: the format that was asked for; what is shown is what was
 * seen.
 */
export const createStageTracker = (graph: StageGraph, asked: BuildFormat): StageTracker => {
	const facts = createBuildFacts(asked);
	const index = createStageIndex(graph);
	let end: BuildSituation['end'] = null;

	return {
		fold(event) {
			facts.read(event);
			if (!('id' in event) || event.event === 'mentioned') return null;
			const named =
				'name' in event ? {name: event.name, inputs: 'inputs' in event ? event.inputs : []} : null;
			const found = event.id === null ? null : index.find(event.id, named);
			if (event.event === 'line') {
				// Looking up an image's digest is no output of the stage; loading it is.
				if (!found || (found.entry.isFrom && event.text.startsWith('resolve '))) {
					facts.readOutside(event);
					return null;
				}
				found.stage.lines.push(event.text);
				found.stage.version++;
				return found.stage.planned.name;
			}
			if (event.event === 'failed' && event.id !== null) {
				const failed = found ?? index.findImage(event.id);
				facts.fail(event.message, failed);
				if (failed) updateEntry(failed, event);
			} else if (found) updateEntry(found, event);
			return null;
		},
		end(exitCode, isCancelled) {
			end = {isGood: exitCode === 0 && !isCancelled, isCancelled};
		},
		snapshot(at = 0) {
			const {format, isListing, firstAt, lastAt, ...observed} = facts.snapshot();
			const isGood = end?.isGood ?? false;
			const reported = isGood || end?.isCancelled ? null : facts.failure(end !== null);
			const failure = reported && locateFailure(reported, graph);
			const now = end ? lastAt : Math.max(at, lastAt);
			const situation = {graph, builder: observed.builder, isListing, end, failure};
			return {
				...observed,
				format: format ?? asked,
				stages: index.describe(situation, now),
				seconds: roundSeconds(now - firstAt),
				failure,
				notes: [...writeNotes(graph, {format, isBuilt: isGood}), ...index.notes()],
				cached: isGood && index.isCached(situation),
			};
		},
	};
};

/** What events say about the build as a whole: who builds, when, into what, and why it failed. */
const createBuildFacts = (asked: BuildFormat) => {
	let format: BuildFormat | null = null;
	/** The builder lists what it will do before it does it. */
	let isListing = false;
	let firstAt: number | null = null;
	let lastAt = 0;
	let imageId: string | null = null;
	/** The first failure of an instruction, and the last that the builder reported beside them. */
	let failed: {message: string; place: IndexedInstruction | null} | null = null;
	let complaint: string | null = null;
	const names = new Set<string>();
	const mentioned = {image: new Set<string>(), container: new Set<string>()};
	const outside = createLineTail();
	const lineFinder = createLineFinder();
	const ownLines = createInstructionTails();
	let firstWords: string | null = null;
	let lastWords: string | null = null;

	return {
		read(event: BuildEvent) {
			ownLines.read(event);
			format = detectFormat(event, asked) ?? format;
			if (event.event === 'listed') isListing = true;
			if ('at' in event) {
				firstAt = Math.min(firstAt ?? event.at, event.at);
				lastAt = Math.max(lastAt, event.at);
			}
			if (event.event === 'image') ({imageId} = event);
			if (event.event === 'named') names.add(event.name);
			if (event.event === 'mentioned') mentioned[event.kind].add(event.id);
			if (event.event === 'failed' && event.id === null) complaint = event.message;
		},
		/** A line that belongs to no stage. */
		readOutside({id, text}: {id: string | null; text: string}) {
			outside.push(text);
			lineFinder.read(text);
			if (id !== null || !/^(?!-+$|DEPRECATED: )\S/.test(text)) return;
			firstWords ??= text;
			lastWords = text;
		},
		/** An instruction failed. */
		fail(message: string, place: IndexedInstruction | null) {
			failed ??= {message, place};
		},
		failure(hasEnded: boolean): BuildFailure | null {
			// Where no builder has begun, it is docker that complains, and then says where to read on.
			const words =
				complaint ??
				(hasEnded ? ((format ? lastWords : firstWords) ?? messages.stages.nothingPrinted) : null);
			const {message, place} = failed ?? {message: words, place: null};
			return message === null
				? null
				: describeFailure(message, {place, line: lineFinder.line(message), said: ownLines.ofFailed()});
		},
		/** `firstAt`, `lastAt`: seconds since the build began. */
		snapshot: () => ({
			format,
			builder: format === 'plain' || format === 'rawjson' ? ('buildkit' as const) : format,
			isListing,
			firstAt: firstAt ?? lastAt,
			lastAt,
			imageId,
			names: [...names],
			mentioned: {images: [...mentioned.image], containers: [...mentioned.container]},
			outside: outside.lines(),
		}),
	};
};

/** The format that an event gives away by its id, or by words that only one builder has; null when it doesn't. */
const detectFormat = (event: BuildEvent, asked: BuildFormat): BuildFormat | null => {
	if (event.event === 'mentioned') return asked === 'buildah' ? null : 'legacy';
	if (!('id' in event)) return null;
	if (event.id !== null) return detectFormatById(event.id);
	if (event.event !== 'line' || asked === 'buildah') return null;
	if (/^building with ".*" instance using /.test(event.text)) return 'plain';
	return /^(?:DEPRECATED: The legacy builder|Sending build context to Docker daemon)/.test(event.text)
		? 'legacy'
		: null;
};

/** Exit code of the failing command in the builder's words, of BuildKit, the legacy builder and Buildah. */
const exitCodePattern =
	/(?:exit code: |returned a non-zero code: |while running runtime: exit status )(\d+)$/;

/** What went wrong. `line`: what the builder says about the Dockerfile, for when the instruction can't be placed. */
const describeFailure = (
	message: string,
	{place, line, said}: {place: IndexedInstruction | null; line: number | null; said: SaidLine[]},
): BuildFailure => {
	const exitCode = exitCodePattern.exec(message)?.[1];
	const parseErrorLine = /parse error(?: on)? line (\d+)/.exec(message)?.[1];
	return {
		stage: place?.stage.planned.name ?? null,
		instruction: place?.entry.text ?? null,
		line: place?.entry.line ?? line ?? (parseErrorLine === undefined ? null : Number(parseErrorLine)),
		exitCode: exitCode === undefined ? null : Number(exitCode),
		message: message.split('\n')[0] ?? message,
		said,
	};
};

/**
 * Finds the line of the Dockerfile in what BuildKit prints around its excerpt (`Dockerfile:5`, then dashes), and behind a
 * warning that it takes for an error (`(line 5)`).
 */
const createLineFinder = () => {
	let candidate: number | null = null;
	let found: number | null = null;
	let warned: number | null = null;
	return {
		read(text: string) {
			if (/^-{20}$/.test(text)) found ??= candidate;
			const line = /^[^\s:]+:(\d+)$/.exec(text)?.[1];
			candidate = line === undefined ? null : Number(line);
			const atWarning = Number(/\(line (\d+)\)$/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
			if (atWarning < (warned ?? Number.POSITIVE_INFINITY)) warned = atWarning;
		},
		line: (message: string) => found ?? (/lint violation found/.test(message) ? warned : null),
	};
};

/** Lines kept of each instruction that runs: the words with which it may fail. */
const keptInstructionLines = 30;

/** The last lines of each instruction that runs, so that those of the one that fails are known: a stage has others too. */
const createInstructionTails = () => {
	const createTail = () => createRing<SaidLine>(keptInstructionLines);
	const tails = new Map<string, ReturnType<typeof createTail>>();
	let last: {id: string; tail: ReturnType<typeof createTail>} | null = null;
	let failed: SaidLine[] | null = null;
	return {
		read(event: BuildEvent) {
			if (event.event === 'line' && event.id !== null) {
				// Lines of one instruction mostly follow each other.
				if (last?.id !== event.id) {
					const tail = tails.get(event.id) ?? createTail();
					tails.set(event.id, tail);
					last = {id: event.id, tail};
				}
				last.tail.push(event);
			} else if (event.event === 'failed' && event.id !== null) {
				failed ??= (tails.get(event.id)?.takeAll() ?? []).map(({text, at}) => ({text, at}));
			}
		},
		/** What the first instruction that failed has printed last; nothing when none did. */
		ofFailed: (): SaidLine[] => failed ?? [],
	};
};

/** An instruction of the Dockerfile, `FROM` included. */
type WrittenInstruction = Pick<PlannedInstruction, 'text' | 'line' | 'endLine'>;

/**
 * A failure that no instruction reported, with the instruction that it is about: found by the line that the builder
 * gives, else by what its words name, as CLI 20.10 gives no lines. No stage has begun then, so none has failed.
 */
const locateFailure = (failure: BuildFailure, graph: StageGraph): BuildFailure => {
	if (failure.instruction !== null) return failure;
	const {line, message} = failure;
	const found =
		line === null
			? findByWords(message, graph)
			: listWrittenInstructions(graph).find(one => one.line <= line && line <= one.endLine);
	return found ? {...failure, instruction: found.text, line: line ?? found.line} : failure;
};

const listWrittenInstructions = ({stages}: StageGraph): WrittenInstruction[] =>
	stages.flatMap(({image, needs, line, instructions}) => [
		// What a stage starts from is the first that it needs.
		{text: `FROM ${image ?? needs[0]}`, line, endLine: line},
		...instructions,
	]);

const findByWords = (message: string, graph: StageGraph): WrittenInstruction | null => {
	const written = listWrittenInstructions(graph);
	// BuildKit of 28 does not say which one it means.
	if (/variable expansion is not supported for --from/.test(message))
		return findOnly(written.filter(({text}) => findCopySource(text)?.includes('$')));
	const image = /failed to parse stage name "([^"]+)"/.exec(message)?.[1];
	if (image !== undefined)
		return findOnly(written.filter(({text}) => text === `FROM ${image}` || findCopySource(text) === image));
	const number = /invalid stage index (\d+)/.exec(message)?.[1];
	if (number !== undefined) return findOnly(written.filter(({text}) => isCopiedFrom(text, number)));
	const looped = /circular dependency detected on stage: (\S+)/.exec(message)?.[1];
	const stage = graph.stages.find(({name}) => name.toLowerCase() === looped?.toLowerCase());
	return stage ? findOnly(stage.instructions.filter(({text}) => isCopiedFrom(text, stage.name))) : null;
};

const isCopiedFrom = (text: string, name: string): boolean =>
	findCopySource(text)?.toLowerCase() === name.toLowerCase();

const findOnly = (found: WrittenInstruction[]): WrittenInstruction | null =>
	found.length === 1 ? (found[0] ?? null) : null;

/** What the stages of a build can't show, in whole sentences. `format`: as seen; null when nothing was. */
const writeNotes = (
	graph: StageGraph,
	{format, isBuilt}: {format: BuildFormat | null; isBuilt: boolean},
): string[] => {
	if (format === null) return isBuilt ? [messages.stages.notes.noProgress] : [];
	if (format === 'legacy') return ignoredHeredocs(graph);
	if (format === 'buildah') return [];
	return [...(format === 'plain' ? [messages.stages.notes.inTurn] : []), ...sharedImages(graph)];
};

const sharedImages = ({stages, reachable}: StageGraph): string[] => {
	const needed = new Set(reachable);
	const byImage = new Map<string, PlannedStage[]>();
	for (const stage of stages) {
		if (stage.image === null || stage.image === 'scratch' || !needed.has(stage.name)) continue;
		const sharing = byImage.get(stage.image) ?? [];
		sharing.push(stage);
		byImage.set(stage.image, sharing);
	}
	return [...byImage]
		.filter(([, sharing]) => sharing.length > 1)
		.map(([image, sharing]) =>
			messages.stages.notes.sharedImage(
				sharing.map(({name}) => name),
				image,
			),
		);
};

/** From engine 23 on the legacy builder takes a heredoc for a command without input, and says nothing. */
const ignoredHeredocs = ({stages}: StageGraph): string[] =>
	stages
		.flatMap(({instructions}) => instructions)
		.filter(({keyword, text}) => keyword === 'RUN' && /^RUN\s+(?:--\S+\s+)*<<-?["']?\w/i.test(text))
		.map(({line}) => messages.stages.notes.ignoredHeredoc(line));
