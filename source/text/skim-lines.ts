import {createLineSplitter} from './split-lines.js';

const newline = 0x0a;

/** Takes bytes as they arrive; hands over the lines that can be among the last ones, and counts all. */
export type LineSkimmer = {
	push(bytes: Uint8Array): void;
	/** Hands over an unfinished last line. */
	end(): void;
	/** Whole lines so far. */
	count(): number;
};

/**
 * Splits as `createLineSplitter` does, but in a piece of more lines than are `kept`, those in its middle are only
 * counted: finding a line's end costs a hundredth of decoding the line.
 */
export const createLineSkimmer = (onLine: (line: string) => void, kept: number): LineSkimmer => {
	let count = 0;
	const splitter = createLineSplitter(line => {
		count++;
		onLine(line);
	});
	return {
		push(bytes) {
			const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			const lines = countNewlines(buffer);
			if (lines <= kept + 1) {
				splitter.push(buffer);
				return;
			}
			// The first line may have begun in the piece before.
			splitter.push(buffer.subarray(0, buffer.indexOf(newline) + 1));
			const tail = lastLines(buffer, kept);
			count += lines - 1 - kept;
			splitter.push(tail);
		},
		end: splitter.end,
		count: () => count,
	};
};

const countNewlines = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count++;
	return count;
};

/** So many lines from the end, and what has begun behind them. */
const lastLines = (bytes: Buffer, lines: number): Buffer => {
	let at = bytes.length;
	for (let found = 0; found <= lines; found++) at = bytes.lastIndexOf(newline, at - 1);
	return bytes.subarray(at + 1);
};
