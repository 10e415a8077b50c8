import {countOf} from '../../text/count-of.js';
import {type Line, span} from './line.js';

/** At most so many of the lines; of more, the last one counts what is left out. `where`: what it says of the place. */
export const cutLines = (lines: Line[], rows: number, where = ''): Line[] =>
	lines.length <= rows
		? lines
		: [
				...lines.slice(0, Math.max(0, rows - 1)),
				[span(`… ${countOf(lines.length - Math.max(0, rows - 1), 'more line')}${where}`, 'muted')],
			].slice(0, rows);
