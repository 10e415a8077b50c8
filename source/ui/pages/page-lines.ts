import type {SessionState} from '../../session/state.js';
import {frameLines} from '../frame-lines.js';
import type {Layout, Room} from '../layout.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {scrollLines} from '../text/scroll-lines.js';
import {spacing} from '../theme.js';

/** The room that a page has for its text. */
export const pageRoom = ({body}: Layout): Room => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows,
});

/** All rows of a screen that is one undivided text. `top`: the first line of it that is seen. */
export const pageLines = (
	state: SessionState,
	layout: Layout,
	symbols: Symbols,
	{lines, top}: {lines: Line[]; top: number},
): Line[] => {
	const {above, below, rows} = frameLines(state, layout, symbols);
	const seen = scrollLines(lines, pageRoom(layout), top, symbols);
	const margin = span(' '.repeat(spacing.margin));
	const body = Array.from({length: layout.body.rows}, (_, row) => [margin, ...(seen[row] ?? [])]);
	return [...above, ...body, ...below].slice(0, rows);
};
