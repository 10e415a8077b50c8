import {createLineSplitter} from '../../text/lines.js';
import {stripColours} from '../../text/terminal-text.js';
import type {BuildEvent, BuildParser} from '../model.js';

export type Emit = (...events: BuildEvent[]) => void;

/** Reads the lines of a build. `at`: seconds since the build began. */
export type LineReader = {
	read(line: string, at: number, stream: 'stdout' | 'stderr'): void;
	/** Called after both streams have ended. */
	end?(at: number): void;
};

/** Creates a parser for a format that consists of lines. */
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
			// stdout may end with a colour reset for the last line of stderr, which is no line of its own.
			if (stripColours(lines.stdout.unfinished()) !== '') lines.stdout.end();
			lines.stderr.end();
			reader.end?.(now / 1000);
			return take();
		},
	};
};

/** Creates a queue of events that a parser has read but not yet returned. */
export const createEventQueue = () => {
	let events: BuildEvent[] = [];
	return {
		emit(...more: BuildEvent[]): void {
			events.push(...more);
		},
		/** Returns the events since the last call. */
		take(): BuildEvent[] {
			const taken = events;
			events = [];
			return taken;
		},
	};
};
