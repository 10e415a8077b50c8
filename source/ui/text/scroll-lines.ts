import type {Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from './line.js';

/** What is seen of lines in a room that may be too small for them: its last row then says that there is more. */
export const scrollLines = (lines: Line[], room: Room, top: number, {more}: Symbols): Line[] => {
	if (lines.length <= room.rows) return lines;
	const rows = textRows(lines.length, room);
	const below = lines.length - top - rows;
	const marks = [
		...(top > 0 ? [`${more.above} ${top} above`] : []),
		...(below > 0 ? [`${more.below} ${below} more`] : []),
	].join('   ');
	return [...lines.slice(top, top + rows), [span(marks, 'strong')]];
};

/** Rows that are left for text in a room when so many lines must go in: one goes to the mark when they don't fit. */
export const textRows = (total: number, {rows}: Room): number =>
	total <= rows ? rows : Math.max(1, rows - 1);
