import {createLineSplitter} from '../../text/lines.js';
import {stripColours} from '../../text/terminal-text.js';
import type {BuildEvent, BuildParser} from '../model.js';

export type Emit = (...events: BuildEvent[]) => void;

/** What reads the lines of a build. `at`: seconds since the build began. */
export type LineReader = {
	read(line: string, at: number, stream: 'stdout' | 'stderr'): void;
	/** Both streams have ended. */
	end?(at: number): void;
};

/** A parser for a format that consists of lines. */
export const createLineParser = (createReader: (emit: Emit) => LineReader): BuildParser => {
	const {emit, take} = createEventQueue();
	const reader = createReader(emit);
	let now = 0;
	const lines = {
		stdout: createLineSplitter(line => reader.read(line, now / 1000, 'stdout')),
		stderr: createLineSplitter(line => reader.read(line, now / 1000, 'stderr')),
	};
	return {
		push(stream, bytes, at) {
			now = at;
			lines[stream].push(bytes);
			return take();
		},
		end() {
			// Colours are switched off behind the last line of what went to stderr.
			if (stripColours(lines.stdout.unfinished()) !== '') lines.stdout.end();
			lines.stderr.end();
			reader.end?.(now / 1000);
			return take();
		},
	};
};

/** Events that a parser has read and not yet handed over. */
export const createEventQueue = () => {
	let events: BuildEvent[] = [];
	return {
		emit(...more: BuildEvent[]): void {
			events.push(...more);
		},
		/** Hands over what has been read since the last call. */
		take(): BuildEvent[] {
			const taken = events;
			events = [];
			return taken;
		},
	};
};
