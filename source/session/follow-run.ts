import type {Build, BuildEvent, StageGraph} from '../stages/model.js';
import {createBuildParser} from '../stages/parsers/build-parser.js';
import {createStageTracker} from '../stages/tracker/stage-tracker.js';
import {createLineSkimmer, createLineTail} from '../text/lines.js';
import type {RedirectedOutput} from './plan/line-plan.js';
import type {LineLogWriter, Outcome, RunEvent, Runner, RunRequest} from './ports.js';

/** Milliseconds between snapshots: at most 15 a second. The last one is not delayed. */
const snapshotInterval = 1000 / 15;

/**
 * The number of lines kept for the pane of a command other than a build, and of characters per stream kept for checks.
 */
const keptLines = 500;
const keptCharacters = 64 * 1024;

/** The output of a run so far. */
export type RunSnapshot = {build: Build | null; output: {lines: string[]; lineCount: number}};

/** A run that has ended, with the last part of each stream as text. */
export type EndedRun = RunSnapshot & {outcome: Outcome; stdout: string; stderr: string};

/** Starts a run, parses its output, and reports snapshots until it ends. Never rejects. */
export const followRun = (
	request: RunRequest,
	{
		runner,
		graph,
		lines,
		redirected = () => [],
		isMixed = false,
		onOutput = () => {},
		onSnapshot,
		signal,
	}: {
		runner: Runner;
		/** Null for commands other than builds. */
		graph: StageGraph | null;
		/** Receives every line. */
		lines: LineLogWriter;
		/** Reads the output that was redirected to files, after the run; it is treated as if printed. */
		redirected?: () => RedirectedOutput;
		/** Whether a build may print its progress on stdout, too. */
		isMixed?: boolean;
		/** Receives all output; `bytes` are valid until it returns. */
		onOutput?: ((stream: 'stdout' | 'stderr', bytes: Uint8Array) => void) | undefined;
		onSnapshot: (snapshot: RunSnapshot) => void;
		signal: AbortSignal;
	},
): Promise<EndedRun> =>
	new Promise(resolve => {
		const fold = graph && request.format ? foldBuild(graph, request.format, lines) : foldOutput(lines);
		const tails = {stdout: createByteTail(), stderr: createByteTail()};
		const sampler = createSampler(() => onSnapshot(fold.snapshot()));
		runner.start(
			request,
			(event: RunEvent) => {
				if (event.type === 'output') {
					onOutput(event.stream, event.bytes);
					tails[event.stream].push(event.bytes);
					fold.push(isMixed ? 'stderr' : event.stream, event.bytes, event.at);
					sampler.touch();
				} else if (event.type === 'ended') {
					sampler.stop();
					for (const {text, streams, isOfBuild} of redirected()) {
						const bytes = new TextEncoder().encode(text);
						if (streams.includes('stdout')) tails.stdout.push(bytes);
						if (isOfBuild && graph) {
							fold.push(isMixed ? 'stderr' : 'stdout', bytes, event.outcome.seconds * 1000);
						}
					}
					fold.end(event.outcome);
					lines.end();
					const {stdout, stderr} = tails;
					const last = fold.snapshot();
					// Another run may take the place of this one at once.
					onSnapshot(last);
					resolve({...last, outcome: event.outcome, stdout: stdout.text(), stderr: stderr.text()});
				} else {
					sampler.touch();
				}
			},
			signal,
		);
	});

type OutputFold = {
	push(stream: 'stdout' | 'stderr', bytes: Uint8Array, at: number): void;
	end(outcome: Outcome): void;
	snapshot(): RunSnapshot;
};

const foldBuild = (
	graph: StageGraph,
	format: NonNullable<RunRequest['format']>,
	lines: LineLogWriter,
): OutputFold => {
	const parser = createBuildParser(format);
	const tracker = createStageTracker(graph, format);
	const take = (event: BuildEvent) => {
		const stage = tracker.fold(event);
		if (event.event === 'line') lines.append(stage, event.text);
	};
	return {
		push(stream, bytes, at) {
			for (const event of parser.push(stream, bytes, at)) take(event);
		},
		end(outcome) {
			for (const event of parser.end()) take(event);
			tracker.end(outcome.ended === 'exited' ? outcome.exitCode : null, outcome.ended === 'cancelled');
		},
		snapshot: () => ({build: tracker.snapshot(), output: {lines: [], lineCount: 0}}),
	};
};

const foldOutput = (lines: LineLogWriter): OutputFold => {
	const tail = createLineTail(keptLines);
	const skimmers = {
		stdout: createLineSkimmer(tail.push, keptLines),
		stderr: createLineSkimmer(tail.push, keptLines),
	};
	return {
		push(stream, bytes) {
			skimmers[stream].push(bytes);
			lines.appendBytes(stream, bytes);
		},
		end() {
			skimmers.stdout.end();
			skimmers.stderr.end();
		},
		snapshot: () => ({
			build: null,
			output: {lines: tail.lines(), lineCount: skimmers.stdout.count() + skimmers.stderr.count()},
		}),
	};
};

/** Keeps the last characters of a stream, and decodes them on demand. */
const createByteTail = () => {
	// A UTF-16 code unit comes from at most three bytes. A few more, as the first character may be cut.
	const keptBytes = 3 * keptCharacters + 4;
	// Twice the size, so that bytes are rarely moved to the front.
	let kept = new Uint8Array(0);
	let size = 0;
	return {
		push(bytes: Uint8Array) {
			if (kept.length === 0) kept = new Uint8Array(2 * keptBytes);
			const piece = bytes.subarray(Math.max(0, bytes.length - keptBytes));
			if (size + piece.length > kept.length) {
				kept.copyWithin(0, size - keptBytes, size);
				size = keptBytes;
			}
			kept.set(piece, size);
			size += piece.length;
		},
		text: () =>
			new TextDecoder().decode(kept.subarray(Math.max(0, size - keptBytes), size)).slice(-keptCharacters),
	};
};

/** Calls `sample` after a touch, at most once per interval. */
const createSampler = (sample: () => void) => {
	let timer: NodeJS.Timeout | undefined;
	let last = 0;
	return {
		touch() {
			if (timer) return;
			timer = setTimeout(
				() => {
					timer = undefined;
					last = performance.now();
					sample();
				},
				Math.max(0, last + snapshotInterval - performance.now()),
			);
		},
		stop() {
			clearTimeout(timer);
		},
	};
};
