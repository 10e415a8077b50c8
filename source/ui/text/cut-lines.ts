import {type Line, span} from './line.js';

/** At most so many of the lines; of more, the last one counts what is left out. */
export const cutLines = (lines: Line[], rows: number): Line[] =>
	lines.length <= rows
		? lines
		: [
				...lines.slice(0, Math.max(0, rows - 1)),
				[span(`… ${lines.length - rows + 1} more lines`, 'muted')],
			].slice(0, rows);
