import {type Line, span, widthOfLine} from './line.js';
import {wrapLine} from './wrap-line.js';

/** A label and text beside it; the text goes on under its own beginning. */
export const hangLine = (label: Line, text: Line, columns: number): Line[] => {
	const width = widthOfLine(label);
	const blank = span(' '.repeat(width));
	return wrapLine(text, columns - width).map((line, index) => [...(index === 0 ? label : [blank]), ...line]);
};
