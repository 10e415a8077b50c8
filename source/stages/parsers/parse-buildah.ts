import {stripColours} from '../../text/terminal-text.js';
import type {BuildParser} from '../model.js';
import {createLineParser, type Emit} from './line-parser.js';

/**
 * Reads the progress of Buildah, which builds for Podman: `[2/4] STEP 1/3: FROM …` begins step 1 of 3 of stage 2 of 4,
 * `STEP 1/3: …` where there is one stage; `--> 93f2d6940e1b` ends it. A stage that waits for another one is taken up
 * again when that has ended. Output is not marked: a line that looks like the step that comes next, or ends in an arrow
 * with an ID, is taken for Buildah's own. Errors stand on stderr, where Podman's own `docker` writes output too.
 */
export const createBuildahParser = (): BuildParser =>
	createLineParser(emit => {
		const progress = createProgressReader(emit);
		let complaint: {message: string; at: number} | null = null;
		return {
			read(text, at, stream) {
				if (stream === 'stdout') progress.read(text, at);
				else if (text.trim() !== '') {
					const isError = /^(?:Error: |building at STEP )/.test(text);
					const id = isError || isNotice(text) ? null : progress.openStep();
					emit({event: 'line', id, text, at});
					if (isNotice(text) || (complaint?.message.startsWith('Error: ') && !isError)) return;
					complaint = {message: text, at};
				}
			},
			end(now) {
				progress.end(now);
				// Only now: the streams race, and the last step may have been read after its error.
				if (!complaint || progress.isBuilt()) return;
				const {message, at} = complaint;
				const step = /^(?:Error: )?building at STEP "(.*?)": /.exec(message)?.[1];
				const id = progress.openStep(step);
				emit({event: 'failed', id, message: message.replace(/^Error: /, ''), at});
			},
		};
	});

/** What is no error: notes of the CLI, of Podman's script and of its log, and how an image is loaded. */
const isNotice = (text: string): boolean =>
	/^(?:DEPRECATED: |\s|time=|Emulate Docker CLI|Trying to pull |Getting image |Copying |Writing manifest |Resolved ")/.test(
		text,
	);

/** `stage`, `step`: from 1. */
type Step = {id: string; stage: number; step: number; of: number; name: string};

type State = {
	/** Stages in the Dockerfile up to the target; null before the first step. */
	stages: number | null;
	/** The last step that each stage has begun. */
	begun: Map<number, Step>;
	/** Steps that have not ended; the last one is being built, and those before wait for its stage. */
	open: Step[];
	isBuilt: boolean;
};

const createState = (): State => ({stages: null, begun: new Map(), open: [], isBuilt: false});

const createProgressReader = (emit: Emit) => {
	let state = createState();
	return {
		read(line: string, at: number) {
			const bare = stripColours(line);
			const step = readStep(bare);
			// Another build on the same terminal.
			if (step && state.isBuilt && step.step === 1) state = createState();
			if (step && isNext(state, step)) beginStep(state, step, at, emit);
			else if (!readMark(state, bare, at, emit)) readEnd(state, line, bare, at, emit);
		},
		end(at: number) {
			if (state.isBuilt) for (const step of state.open.splice(0)) emit({event: 'ended', id: step.id, at});
		},
		/** The step that is being built, or the open one of this name. */
		openStep: (name?: string): string | null =>
			(state.open.findLast(step => step.name === name) ?? state.open.at(-1))?.id ?? null,
		isBuilt: () => state.isBuilt,
	};
};

type ParsedStep = Step & {stages: number};

const readStep = (line: string): ParsedStep | null => {
	const [, stage = '1', stages = '1', step, of, name = ''] =
		/^(?:\[(\d+)\/(\d+)\] )?STEP (\d+)\/(\d+): (.*)$/s.exec(line) ?? [];
	if (step === undefined || of === undefined) return null;
	const numbers = {stage: Number(stage), stages: Number(stages), step: Number(step), of: Number(of)};
	return {id: `${stage}/${stages} ${step}/${of}`, name, ...numbers};
};

const isNext = ({stages, begun}: State, {stage, stages: all, step, of}: ParsedStep): boolean => {
	const last = begun.get(stage);
	if (stages !== null && stages !== all) return false;
	return last ? step === last.step + 1 && of === last.of : step === 1;
};

const beginStep = (state: State, {stages, ...step}: ParsedStep, at: number, emit: Emit) => {
	endStep(state, state.begun.get(step.stage), at, emit);
	state.stages = stages;
	state.begun.set(step.stage, step);
	state.open.push(step);
	emit({event: 'began', id: step.id, name: step.name, at});
};

const endStep = (state: State, step: Step | undefined, at: number, emit: Emit) => {
	if (!step || !state.open.includes(step)) return;
	state.open.splice(state.open.indexOf(step), 1);
	emit({event: 'ended', id: step.id, at});
};

/** Returns whether the line is one of Buildah's own about a step, or ends with one. */
const readMark = (state: State, line: string, at: number, emit: Emit): boolean => {
	const step = state.open.at(-1);
	const cached = /^--> Using cache ([0-9a-f]{64})$/.exec(line)?.[1];
	if (cached && step) {
		emit({event: 'cached', id: step.id, at});
		emit({event: 'mentioned', kind: 'image', id: cached.slice(0, 12)});
		return true;
	}
	// The last line of output stands in front when it has no end of its own.
	const [, before = '', image] = /^(.*)--> ([0-9a-f]{12})$/s.exec(line) ?? [];
	if (image) {
		if (before !== '') emit({event: 'line', id: step?.id ?? null, text: before, at});
		emit({event: 'mentioned', kind: 'image', id: image});
		endStep(state, step, at, emit);
		return true;
	}
	const [, stage = '1'] = /^(?:\[(\d+)\/\d+\] )?COMMIT(?: \S+)?$/.exec(line) ?? [];
	if (!/^(?:\[\d+\/\d+\] )?COMMIT(?: \S+)?$/.test(line)) return false;
	endStep(state, state.begun.get(Number(stage)), at, emit);
	emit({event: 'line', id: null, text: line, at});
	return true;
};

const readEnd = (state: State, line: string, bare: string, at: number, emit: Emit) => {
	// `docker build -q` prints nothing but the ID.
	const image = state.open.length === 0 ? /^([0-9a-f]{64})$/.exec(bare)?.[1] : undefined;
	if (image) {
		state.isBuilt = true;
		emit({event: 'image', imageId: `sha256:${image}`});
	}
	const name = state.open.length === 0 ? /^Successfully tagged (\S+)$/.exec(bare)?.[1] : undefined;
	if (name) emit({event: 'named', name});
	emit({event: 'line', id: state.open.at(-1)?.id ?? null, text: line, at});
};
