import {cutToWidth, widthOf} from '../../text/width.js';
import type {Style} from '../theme.js';

/** A piece of text of one meaning. */
export type Span = {text: string; style: Style};

/** One row of text. Screens are made of lines that are cut before Ink sees them, so that nothing wraps by accident. */
export type Line = Span[];

/** A span; plain unless told. */
export const span = (text: string, style: Style = 'plain'): Span => ({text, style});

/** Columns that a line takes. */
export const widthOfLine = (line: Line): number => line.reduce((sum, {text}) => sum + widthOf(text), 0);

/** The line, at most so many columns wide; what was cut off is marked with `…`. */
export const cutLine = (line: Line, columns: number): Line => {
	if (widthOfLine(line) <= columns) return line;
	const cut: Line = [];
	let left = columns;
	for (const {text, style} of line) {
		const width = widthOf(text);
		if (width >= left) {
			// One column more than fits, so that a span that just fits is cut and marked as well.
			cut.push({text: cutToWidth(width > left ? text : `${text}  `, left), style});
			break;
		}
		cut.push({text, style});
		left -= width;
	}
	return cut;
};

/** Two lines as one that fills so many columns: the second one ends at the right edge, the first one is cut. */
export const spreadLine = (start: Line, end: Line, columns: number): Line => {
	const right = cutLine(end, columns);
	const left = cutLine(start, Math.max(0, columns - widthOfLine(right) - 1));
	const gap = Math.max(0, columns - widthOfLine(left) - widthOfLine(right));
	return [...left, span(' '.repeat(gap)), ...right];
};
