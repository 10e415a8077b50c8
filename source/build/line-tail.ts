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

/** `kept`: how many lines it keeps. */
export const createLineTail = (kept = keptLines): LineTail => {
	let count = 0;
	let shown: string[] = [];
	// What has come since `shown`. Only lines that are asked for are cleaned: in a flood that is one in a hundred.
	let fresh: string[] = [];
	return {
		push(text) {
			fresh.push(text);
			// Now and then, so that a flood of lines moves each one once.
			if (fresh.length >= 2 * kept) fresh = fresh.slice(-kept);
			count++;
		},
		count: () => count,
		lines() {
			if (fresh.length > 0) {
				shown = [...shown, ...fresh.slice(-kept).map(cleanLine)].slice(-kept);
				fresh = [];
			}
			return shown;
		},
	};
};
