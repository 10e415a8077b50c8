import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';
import stripAnsi from 'strip-ansi';

/** Nothing but these is one column a character, so the slow way can be spared. */
const asciiPattern = /^[\u0020-\u007E]*$/;

/**
 * The same for Latin letters, quotation marks, and all that frames, rules and marks of the screen are made of. The slow
 * way takes some 100 µs for a rule across the screen, this one less than 1 µs. None of them combines with another.
 */
export const narrow =
	/^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027\u2190-\u2193\u2298\u2500-\u25FC\u2714\u2716\u2800-\u28FF]*$/;

/** Columns that a line takes on a terminal; colour sequences take none, East Asian wide characters and emoji two. */
export const widthOf = (text: string): number => {
	const bare = text.includes('\u001B') ? stripAnsi(text) : text;
	return narrow.test(bare) ? bare.length : stringWidth(bare);
};

/** At most so many columns of a line; one that is cut ends with `…`, with its colours closed. */
export const cutToWidth = (text: string, columns: number): string => {
	if (columns <= 0) return '';
	if (widthOf(text) <= columns) return text;
	if (asciiPattern.test(text)) return `${text.slice(0, columns - 1)}…`;
	const cut = sliceAnsi(text, 0, columns - 1);
	// A wide character that straddles the edge is taken whole by the slice: leave it out.
	return `${widthOf(cut) < columns ? cut : sliceAnsi(text, 0, columns - 2)}…`;
};

/** What is left of a line without so many columns at its beginning; a wide character that straddles the cut goes too. */
export const dropColumns = (text: string, columns: number): string =>
	asciiPattern.test(text) ? text.slice(columns) : sliceAnsi(text, columns);

/** Exactly so many columns: cut when it is wider, else filled with spaces. */
export const padToWidth = (text: string, columns: number): string => {
	const cut = cutToWidth(text, columns);
	return cut + ' '.repeat(Math.max(0, columns - widthOf(cut)));
};
