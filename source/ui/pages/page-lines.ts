import type {SessionState} from '../../session/state.js';
import {frameLines} from '../frame-lines.js';
import type {Layout, Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {scrollLines} from '../text/scroll-lines.js';
import {spacing} from '../theme.js';
import {pageNotice} from './page-notice.js';

/** The room that a page has for its text. */
export const pageRoom = ({body}: Layout): Room => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows,
});

/** The room that its text has to scroll in: what is told below it stays where it is. */
export const scrollRoom = (state: SessionState, layout: Layout, symbols: Symbols): Room => {
	const {columns, rows} = pageRoom(layout);
	return {columns, rows: Math.max(1, rows - pageNotice(state, columns, symbols).length)};
};

/** All rows of a screen that is one undivided text. `top`: the first line of it that is seen. */
export const pageLines = (
	state: SessionState,
	layout: Layout,
	symbols: Symbols,
	{lines, top}: {lines: Line[]; top: number},
): Line[] => {
	const room = scrollRoom(state, layout, symbols);
	const scrolls = lines.length > room.rows;
	const {above, below, rows} = frameLines(state, layout, symbols, {shown: {scrolls}});
	const seen = scrollLines(lines, room, top, symbols);
	const margin = span(' '.repeat(spacing.margin));
	const inside = [
		...Array.from({length: room.rows}, (_, row) => seen[row] ?? []),
		...pageNotice(state, room.columns, symbols),
	];
	const body = inside.slice(0, layout.body.rows).map(line => [margin, ...line]);
	return [...above, ...body, ...below].slice(0, rows);
};
