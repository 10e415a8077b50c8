import {cutLine, type Line, span, widthOfLine} from './line.js';
import {wrapLine} from './wrap-line.js';

/** The line in at most so many lines; where it goes on, the last one ends with `…`. */
export const wrapAtMost = (line: Line, columns: number, rows: number): Line[] => {
	const lines = wrapLine(line, columns);
	const last = lines[rows - 1];
	if (lines.length <= rows || !last) return lines.slice(0, rows);
	const marked =
		widthOfLine(last) < columns ? [...last, span('…', last.at(-1)?.style)] : cutLine(last, columns - 1);
	return [...lines.slice(0, rows - 1), marked];
};
