import {selectSentence} from '../../../session/select-wording.js';
import type {SessionState} from '../../../session/state.js';
import {hangingLines, type Line, limitLines, sentenceSpans, span} from '../../../view/line.js';
import {noticeMark} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {frameLines} from '../../components/frame-lines.js';
import {type Layout, type Size, scrollLines} from '../../text/layout.js';

/** The room that a page has for its text. */
export const pageSize = ({body}: Layout): Size => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows,
});

/** The room that its text has to scroll in: what is told below it stays where it is. */
export const scrollableSize = (state: SessionState, layout: Layout, symbols: Symbols): Size => {
	const {columns, rows} = pageSize(layout);
	return {columns, rows: Math.max(1, rows - pageNotice(state, columns, symbols).length)};
};

/** All rows of a screen that is one undivided text. `top`: the first line of it that is seen. */
export const pageLines = (
	state: SessionState,
	layout: Layout,
	symbols: Symbols,
	{lines, top}: {lines: Line[]; top: number},
): Line[] => {
	const size = scrollableSize(state, layout, symbols);
	const scrolls = lines.length > size.rows;
	const {above, below, rows} = frameLines(state, layout, symbols, {shown: {scrolls}});
	const seen = scrollLines(lines, size, top, symbols);
	const margin = span(' '.repeat(spacing.margin));
	const inside = [
		...Array.from({length: size.rows}, (_, row) => seen[row] ?? []),
		...pageNotice(state, size.columns, symbols),
	];
	const body = inside.slice(0, layout.body.rows).map(line => [margin, ...line]);
	return [...above, ...body, ...below].slice(0, rows);
};

/** Most rows that a notice takes from a page. */
const maxNoticeRows = 6;

/**
 * What the learner is told on the first and the last page, below the text: it stays in sight however far that is
 * scrolled. Empty where there is nothing to tell, and on a step, which tells it beside its command.
 */
const pageNotice = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {notice, question, overlay, screen} = state;
	if (notice === null || question || overlay || screen === 'step') return [];
	const width = Math.min(columns, spacing.textColumns);
	return [
		[],
		...limitLines(
			hangingLines([noticeMark(state, symbols)], sentenceSpans(selectSentence(state, notice)), width),
			maxNoticeRows,
		),
	];
};
