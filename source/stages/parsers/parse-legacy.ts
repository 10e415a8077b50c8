import {stripColours} from '../../text/terminal-text.js';
import type {BuildParser} from '../model.js';
import {createLineParser, type Emit} from './line-parser.js';

/**
 * Reads the legacy builder's progress: steps and their output on stdout, errors on stderr. While a container runs,
 * every line up to the one that says that it was removed is its output, whatever it looks like.
 */
export const createLegacyParser = (): BuildParser =>
	createLineParser(emit => {
		const progress = createProgressReader(emit);
		let complaint: {message: string; at: number} | null = null;
		return {
			read(text, at, stream) {
				if (stream === 'stdout') progress.read(text, at);
				else if (text.trim() !== '') {
					emit({event: 'line', id: null, text, at});
					// Not the note that the legacy builder is deprecated, nor log lines of the CLI.
					if (!/^(?:DEPRECATED: |\s|time=)/.test(text)) complaint ??= {message: text, at};
				}
			},
			end(now) {
				progress.end(now);
				// Only now: the streams race, and the last step may have been read after its error.
				if (!complaint || progress.isBuilt()) return;
				const {message, at} = complaint;
				emit({event: 'failed', id: progress.openStep(), message: message.replace(/^ERROR: /, ''), at});
			},
		};
	});

type Step = {id: string; total: string; isEnded: boolean};

type State = {
	step: Step | null;
	/** The container that runs the step. */
	container: string | null;
	/** A line of a running container that may be the image made of it: the next one tells (`--rm=false`). */
	held: {line: string; output: string; image: string; at: number} | null;
	isBuilt: boolean;
};

const createProgressReader = (emit: Emit) => {
	const state: State = {step: null, container: null, held: null, isBuilt: false};
	return {
		read(line: string, at: number) {
			const bare = stripColours(line);
			releaseHeld(state, bare, emit);
			if (state.container) readOutput(state, {line, bare, at}, emit);
			else if (!readProgress(state, {bare, at}, emit)) readEnd(state, {line, bare, at}, emit);
		},
		end(at: number) {
			releaseHeld(state, '', emit);
			if (state.isBuilt) endStep(state, at, emit);
		},
		openStep: () => (state.step && !state.step.isEnded ? state.step.id : null),
		isBuilt: () => state.isBuilt,
	};
};

const emitOutput = ({step, isBuilt}: State, text: string, at: number, emit: Emit) => {
	emit({event: 'line', id: isBuilt ? null : (step?.id ?? null), text, at});
};

/** What stands in front of a mark: the last line of output, when that has no end of its own. */
const emitOutputBefore = (state: State, text: string, at: number, emit: Emit) => {
	if (stripColours(text) !== '') emitOutput(state, text, at, emit);
};

const endStep = ({step}: State, at: number, emit: Emit) => {
	if (!step || step.isEnded) return;
	step.isEnded = true;
	emit({event: 'ended', id: step.id, at});
};

const releaseHeld = (state: State, nextLine: string, emit: Emit) => {
	if (!state.held) return;
	const {line, output: before, image, at} = state.held;
	state.held = null;
	if (!state.step || !isNext(nextLine, state.step)) {
		emitOutput(state, line, at, emit);
		return;
	}
	emitOutputBefore(state, before, at, emit);
	state.container = null;
	emit({event: 'mentioned', kind: 'image', id: image});
	endStep(state, at, emit);
};

type Line = {line: string; bare: string; at: number};

const readOutput = (state: State, {line, bare, at}: Line, emit: Emit) => {
	// Engines from 23 on print an arrow in front.
	const mark = [' ---> Removed', 'Removing']
		.map(word => `${word} intermediate container ${state.container}`)
		.find(text => bare.endsWith(text));
	if (mark) {
		state.container = null;
		emitOutputBefore(state, line.slice(0, line.lastIndexOf(mark)), at, emit);
		return;
	}
	const image = / ---> ([0-9a-f]{12})$/.exec(bare)?.[1];
	if (image) state.held = {line, output: line.slice(0, line.lastIndexOf(` ---> ${image}`)), image, at};
	else emitOutput(state, line, at, emit);
};

/** Returns whether the line is one of the builder's own about a step. */
const readProgress = (state: State, {bare, at}: Omit<Line, 'line'>, emit: Emit): boolean => {
	const [, id, total = '', name = ''] = /^Step (\d+)\/(\d+) : (.*)$/s.exec(bare) ?? [];
	if (id) {
		endStep(state, at, emit);
		state.step = {id, total, isEnded: false};
		emit({event: 'began', id, name, at});
		return true;
	}
	// `FROM scratch` has no image behind its arrow.
	const word = /^ ---> (Using cache|Running in [0-9a-f]{12}|[0-9a-f]{12}|)$/.exec(bare)?.[1];
	if (!state.step || word === undefined) return false;
	if (word === 'Using cache') emit({event: 'cached', id: state.step.id, at});
	else if (word.startsWith('Running in ')) {
		state.container = word.slice('Running in '.length);
		emit({event: 'mentioned', kind: 'container', id: state.container});
	} else {
		if (word) emit({event: 'mentioned', kind: 'image', id: word});
		endStep(state, at, emit);
	}
	return true;
};

const readEnd = (state: State, {line, bare, at}: Line, emit: Emit) => {
	// `docker build -q` prints nothing but the ID.
	const imageId =
		/^Successfully built ([0-9a-f]{12})$/.exec(bare)?.[1] ?? /^sha256:[0-9a-f]{64}$/.exec(bare)?.[0];
	if (imageId) {
		state.isBuilt = true;
		emit({event: 'image', imageId});
	}
	const name = /^Successfully tagged (\S+)$/.exec(bare)?.[1];
	if (name) emit({event: 'named', name});
	emitOutput(state, line, at, emit);
};

/** Whether a line goes on after this step. */
const isNext = (line: string, step: Step): boolean =>
	line.startsWith(`Step ${Number(step.id) + 1}/${step.total} : `) || line.startsWith('Successfully built ');
