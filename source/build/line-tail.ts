import {cleanLine} from '../text/clean-line.js';

/** Lines kept for a pane; all of them go to the transcript. */
const keptLines = 200;

/** The last lines of an output, cleaned, and how many there were. */
export type LineTail = {
	push(text: string): void;
	count(): number;
	/** The same array until another line comes. */
	lines(): string[];
};

export const createLineTail = (): LineTail => {
	let kept: string[] = [];
	let count = 0;
	let shown: string[] | null = null;
	return {
		push(text) {
			kept.push(cleanLine(text));
			// Now and then, so that a flood of lines moves each one once.
			if (kept.length >= 2 * keptLines) kept = kept.slice(-keptLines);
			count++;
			shown = null;
		},
		count: () => count,
		lines() {
			shown ??= kept.slice(-keptLines);
			return shown;
		},
	};
};
