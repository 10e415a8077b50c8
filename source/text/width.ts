import sliceAnsi from 'slice-ansi';
import stringWidth from 'string-width';

/** Nothing but these is one column a character, so the slow way can be spared. */
const plain = /^[\u0020-\u007E]*$/;

/** Columns that a line takes on a terminal; colour sequences take none, East Asian wide characters and emoji two. */
export const widthOf = (text: string): number => (plain.test(text) ? text.length : stringWidth(text));

/** At most so many columns of a line; one that is cut ends with `…`, with its colours closed. */
export const cutToWidth = (text: string, columns: number): string => {
	if (columns <= 0) return '';
	if (widthOf(text) <= columns) return text;
	if (plain.test(text)) return `${text.slice(0, columns - 1)}…`;
	const cut = sliceAnsi(text, 0, columns - 1);
	// A wide character that straddles the edge is taken whole by the slice: leave it out.
	return `${widthOf(cut) < columns ? cut : sliceAnsi(text, 0, columns - 2)}…`;
};

/** What is left of a line without so many columns at its beginning; a wide character that straddles the cut goes too. */
export const dropColumns = (text: string, columns: number): string =>
	plain.test(text) ? text.slice(columns) : sliceAnsi(text, columns);

/** Exactly so many columns: cut when it is wider, else filled with spaces. */
export const padToWidth = (text: string, columns: number): string => {
	const cut = cutToWidth(text, columns);
	return cut + ' '.repeat(Math.max(0, columns - widthOf(cut)));
};
