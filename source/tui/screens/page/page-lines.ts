import {selectSentence} from '../../../session/select-wording.js';
import type {SessionState} from '../../../session/state.js';
import {hangingLines, type Line, limitLines, sentenceSpans, span} from '../../../view/line.js';
import {noticeMark} from '../../../view/step-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {spacing} from '../../../view/theme.js';
import {frameLines} from '../../components/frame-lines.js';
import {type Layout, type Size, scrollLines} from '../../text/layout.js';

/** The size of a page's text, inside its margins. */
export const pageSize = ({body}: Layout): Size => ({
	columns: body.columns - 2 * spacing.margin,
	rows: body.rows,
});

/** The size of the area in which a page's text scrolls. The notice below it doesn't scroll. */
export const scrollableSize = (state: SessionState, layout: Layout, symbols: Symbols): Size => {
	const {columns, rows} = pageSize(layout);
	return {columns, rows: Math.max(1, rows - pageNotice(state, columns, symbols).length)};
};

/** All rows of a page. `top`: the first line of its text that is in sight. */
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

/** The most rows that a notice takes from a page. */
const maxNoticeRows = 6;

/**
 * The notice below the text of the first and the last page, which stays in sight while the text scrolls. Empty if there
 * is none, and on a step, which shows its notice beside its command.
 */
const pageNotice = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {notice, question, overlay, screen} = state;
	if (notice === null || question || overlay || screen === 'step' || screen === 'build') return [];
	const width = Math.min(columns, spacing.textColumns);
	return [
		[],
		...limitLines(
			hangingLines([noticeMark(state, symbols)], sentenceSpans(selectSentence(state, notice)), width),
			maxNoticeRows,
		),
	];
};
