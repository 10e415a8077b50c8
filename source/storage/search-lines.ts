import {setImmediate as nextTurn} from 'node:timers/promises';
import {cleanLine, stripColours} from '../text/clean-line.js';

/** Pieces of a log as `RunLog.pieces` gives them. */
export type Pieces = (from: number, direction: 1 | -1) => Iterable<{first: number; lines: string}>;

/** Milliseconds at a stretch; then keys and output have their turn. */
const stretch = 8;

/** Characters for which a line is not shown as it was printed, colours aside. */
const needsCleaning = /(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/u;

/** The search of `LineLogReader`. */
export const searchLines = async (
	pieces: Pieces,
	{text, from, direction}: {text: string; from: number; direction: 1 | -1},
	signal: AbortSignal,
): Promise<number | null> => {
	const fold = foldFor(text);
	const wanted = fold(text);
	const isWanted = (line: number) => (direction === 1 ? line >= from : line <= from);
	let until = performance.now() + stretch;
	for (const {first, lines} of pieces(from, direction)) {
		const bare = stripColours(lines);
		const shown = needsCleaning.test(bare)
			? lines.split('\n').map(cleanLine).map(stripColours).join('\n')
			: bare;
		if (fold(shown).includes(wanted)) {
			const hits = shown
				.split('\n')
				.flatMap((line, index) =>
					isWanted(first + index) && fold(line).includes(wanted) ? [first + index] : [],
				);
			const hit = direction === 1 ? hits[0] : hits.at(-1);
			if (hit !== undefined) return hit;
		}
		if (performance.now() < until) continue;
		await nextTurn();
		if (signal.aborted) return null;
		until = performance.now() + stretch;
	}
	return null;
};

/** Capitals matter only in a text that has some. */
const foldFor = (text: string): ((line: string) => string) =>
	text === text.toLowerCase() ? line => line.toLowerCase() : line => line;
