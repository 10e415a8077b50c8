import {stripColours} from '../../text/terminal-text.js';
import type {BuildParser} from '../model.js';
import {createLineParser, type Emit} from './line-parser.js';

/**
 * Parses the legacy builder's progress: steps and their output on stdout, errors on stderr. While a container runs,
 * every line is its output, whatever it looks like, until one reports that the container was removed.
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
					// Skip the deprecation notice of the legacy builder, and log lines of the CLI.
					if (!/^(?:DEPRECATED: |\s|time=)/.test(text)) complaint ??= {message: text, at};
				}
			},
			end(now) {
				progress.end(now);
				// Report it only now: the streams race, and the last step may have been read after its error.
				if (!complaint || progress.isBuilt()) return;
				const {message, at} = complaint;
				emit({event: 'failed', id: progress.openStep(), message: message.replace(/^ERROR: /, ''), at});
			},
		};
	});

const createProgressReader = (emit: Emit) => {
	let step: {id: string; total: string; isEnded: boolean} | null = null;
	/** The container that runs the step. */
	let container: string | null = null;
	/** A line of a running container that may be the ID of its image; the next line decides (`--rm=false`). */
	let held: {line: string; before: string; image: string; at: number} | null = null;
	let isBuilt = false;

	const emitOutput = (text: string, at: number) =>
		emit({event: 'line', id: isBuilt ? null : (step?.id ?? null), text, at});
	/** Emits what precedes a mark: the last line of output, if it has no newline. */
	const emitOutputBefore = (text: string, at: number) => {
		if (stripColours(text) !== '') emitOutput(text, at);
	};
	const endStep = (at: number) => {
		if (!step || step.isEnded) return;
		step.isEnded = true;
		emit({event: 'ended', id: step.id, at});
	};
	const releaseHeld = (nextLine: string) => {
		if (!held) return;
		const {line, before, image, at} = held;
		held = null;
		if (!step || !isNext(nextLine, step)) {
			emitOutput(line, at);
			return;
		}
		emitOutputBefore(before, at);
		container = null;
		emit({event: 'mentioned', kind: 'image', id: image});
		endStep(at);
	};
	const readOutput = (line: string, bare: string, at: number) => {
		// Engines since 23 print an arrow before it.
		const mark = [' ---> Removed', 'Removing']
			.map(word => `${word} intermediate container ${container}`)
			.find(text => bare.endsWith(text));
		if (mark) {
			container = null;
			emitOutputBefore(line.slice(0, line.lastIndexOf(mark)), at);
			return;
		}
		const image = / ---> ([0-9a-f]{12})$/.exec(bare)?.[1];
		if (image) held = {line, before: line.slice(0, line.lastIndexOf(` ---> ${image}`)), image, at};
		else emitOutput(line, at);
	};
	/** Reads a step's progress. Returns whether the line is the builder's own. */
	const readProgress = (bare: string, at: number): boolean => {
		const [, id, total = '', name = ''] = /^Step (\d+)\/(\d+) : (.*)$/s.exec(bare) ?? [];
		if (id) {
			endStep(at);
			step = {id, total, isEnded: false};
			emit({event: 'began', id, name, at});
			return true;
		}
		// `FROM scratch` has no image after its arrow.
		const word = /^ ---> (Using cache|Running in [0-9a-f]{12}|[0-9a-f]{12}|)$/.exec(bare)?.[1];
		if (!step || word === undefined) return false;
		if (word === 'Using cache') emit({event: 'cached', id: step.id, at});
		else if (word.startsWith('Running in ')) {
			container = word.slice('Running in '.length);
			emit({event: 'mentioned', kind: 'container', id: container});
		} else {
			if (word) emit({event: 'mentioned', kind: 'image', id: word});
			endStep(at);
		}
		return true;
	};
	const readEnd = (line: string, bare: string, at: number) => {
		// `docker build -q` prints only the ID.
		const imageId =
			/^Successfully built ([0-9a-f]{12})$/.exec(bare)?.[1] ?? /^sha256:[0-9a-f]{64}$/.exec(bare)?.[0];
		if (imageId) {
			isBuilt = true;
			emit({event: 'image', imageId});
		}
		const name = /^Successfully tagged (\S+)$/.exec(bare)?.[1];
		if (name) emit({event: 'named', name});
		emitOutput(line, at);
	};
	return {
		read(line: string, at: number) {
			const bare = stripColours(line);
			releaseHeld(bare);
			if (container) readOutput(line, bare, at);
			else if (!readProgress(bare, at)) readEnd(line, bare, at);
		},
		end(at: number) {
			releaseHeld('');
			if (isBuilt) endStep(at);
		},
		openStep: () => (step && !step.isEnded ? step.id : null),
		isBuilt: () => isBuilt,
	};
};

/** Whether a line shows that this step has ended. */
const isNext = (line: string, {id, total}: {id: string; total: string}): boolean =>
	line.startsWith(`Step ${Number(id) + 1}/${total} : `) || line.startsWith('Successfully built ');
