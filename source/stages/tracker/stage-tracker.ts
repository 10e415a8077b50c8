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
	/** Applies the next event. Returns the stage that a line of output belongs to; null for anything else. */
	fold(event: BuildEvent): string | null;
	/** Ends the build. `exitCode`: null if it was killed or could not start. */
	end(exitCode: number | null, cancelled: boolean): void;
	/** Returns the build so far; unchanged stages are the same objects. `at`: now, in seconds since it began. */
	snapshot(at?: number): Build;
};

/**
 * Creates a tracker that folds the events of a build into its stages. `asked`: the requested format, until one is seen.
 */
export const createStageTracker = (graph: StageGraph, asked: BuildFormat): StageTracker => {
	const facts = createBuildFacts(asked);
	const index = createStageIndex(graph);
	let end: BuildSituation['end'] = null;

	return {
		fold(reported) {
			const event = fromBeginning(reported);
			facts.read(event);
			if (!('id' in event) || event.event === 'mentioned') return null;
			const named =
				'name' in event ? {name: event.name, inputs: 'inputs' in event ? event.inputs : []} : null;
			const found = event.id === null ? null : index.find(event.id, named);
			if (event.event === 'line') {
				// Looking up an image's digest is not output of the stage; loading the image is.
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

/**
 * What BuildKit already does for another build when this one begins counts from this one's beginning: it reports when
 * the shared work began.
 */
const fromBeginning = (event: BuildEvent): BuildEvent =>
	'at' in event && event.at < 0 ? {...event, at: 0} : event;

/** Collects facts about the build as a whole: the builder, times, results, and why it failed. */
const createBuildFacts = (asked: BuildFormat) => {
	let format: BuildFormat | null = null;
	/** Whether the builder lists its work before it starts. */
	let isListing = false;
	let firstAt: number | null = null;
	let lastAt = 0;
	let imageId: string | null = null;
	/** The first failure of an instruction, and the last error that the builder reported outside of instructions. */
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
		/** Reads a line that belongs to no stage. */
		readOutside({id, text}: {id: string | null; text: string}) {
			outside.push(text);
			lineFinder.read(text);
			if (id !== null || !/^(?!-+$|DEPRECATED: )\S/.test(text)) return;
			firstWords ??= text;
			lastWords = text;
		},
		/** Records a failed instruction; only the first counts. */
		fail(message: string, place: IndexedInstruction | null) {
			failed ??= {message, place};
		},
		failure(hasEnded: boolean): BuildFailure | null {
			// If no builder has begun, docker itself reports the error first, and then where to read on.
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

/** Returns the format that an event reveals, by its id or by words of only one builder; null if it reveals none. */
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

/** The exit code of the failing command, as BuildKit, the legacy builder and Buildah print it. */
const exitCodePattern =
	/(?:exit code: |returned a non-zero code: |while running runtime: exit status )(\d+)$/;

/** Describes a failure. `line`: the line of the Dockerfile in the builder's output, if the instruction has no place. */
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
 * Finds the line of the Dockerfile in BuildKit's output: before its excerpt (`Dockerfile:5`, then dashes), and after a
 * warning that counts as an error (`(line 5)`).
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

/** Number of lines kept of each instruction that runs, in case it fails. */
const keptInstructionLines = 30;

/** Keeps the last lines of each instruction, so that those of the failing one are known: its stage has others, too. */
const createInstructionTails = () => {
	const createTail = () => createRing<SaidLine>(keptInstructionLines);
	const tails = new Map<string, ReturnType<typeof createTail>>();
	let last: {id: string; tail: ReturnType<typeof createTail>} | null = null;
	let failed: SaidLine[] | null = null;
	return {
		read(event: BuildEvent) {
			if (event.event === 'line' && event.id !== null) {
				// Consecutive lines are mostly of one instruction.
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
		/** Returns the last lines of the first instruction that failed; empty if none did. */
		ofFailed: (): SaidLine[] => failed ?? [],
	};
};

/** An instruction of the Dockerfile, `FROM` included. */
type WrittenInstruction = Pick<PlannedInstruction, 'text' | 'line' | 'endLine'>;

/**
 * Adds the instruction to a failure that no instruction reported: found by the line in the builder's output, else by
 * its words, since CLI 20.10 prints no line. No stage has begun then, so none has failed.
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
		// The base of a stage is the first that it needs.
		{text: `FROM ${image ?? needs[0]}`, line, endLine: line},
		...instructions,
	]);

const findByWords = (message: string, graph: StageGraph): WrittenInstruction | null => {
	const written = listWrittenInstructions(graph);
	// BuildKit of 28 does not say which instruction it means.
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

/** Returns what the stages can't show, in whole sentences. `format`: as observed; null if none was. */
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

/** Returns notes on heredocs: since engine 23 the legacy builder silently treats one as a command without input. */
const ignoredHeredocs = ({stages}: StageGraph): string[] =>
	stages
		.flatMap(({instructions}) => instructions)
		.filter(({keyword, text}) => keyword === 'RUN' && /^RUN\s+(?:--\S+\s+)*<<-?["']?\w/i.test(text))
		.map(({line}) => messages.stages.notes.ignoredHeredoc(line));
