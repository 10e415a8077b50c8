import type {SessionState} from '../session/state.js';
import {cutToWidth, widthOf} from '../text/width.js';
import {commandLineRows} from './command-line/command-line-rows.js';
import {footerLine} from './keys/footer-line.js';
import type {Shown} from './keys/keymap.js';
import type {Layout} from './layout.js';
import {headerLine} from './pages/header-line.js';
import {recordedText} from './pages/recorded-text.js';
import type {Symbols} from './symbols.js';
import {type Line, span} from './text/line.js';

export type FrameOptions = {
	/** Column at which the body is divided; null when it is not. */
	divider?: number | null;
	/** What is special about the screen: its keys stand in the footer. */
	shown?: Partial<Shown>;
};

/** `rows`: of the whole frame, with its body. */
export type FrameLines = {above: Line[]; below: Line[]; rows: number};

/**
 * What stands above and below the body of every screen: header, rules, the command line, footer. `layout`: of the
 * terminal without the rows of the command line.
 */
export const frameLines = (
	state: SessionState,
	layout: Layout,
	symbols: Symbols,
	{divider = null, shown}: FrameOptions = {},
): FrameLines => {
	const {columns} = layout.frame;
	const typed = commandLineRows(state, columns);
	const label = recordedText(state.engine, state.replay);
	const rule = (mark: string, words: string | null) =>
		layout.kind === 'tabs' ? [] : [ruleLine(columns, symbols, {divider, mark, label: words})];
	return {
		above: [headerLine(state, columns), ...rule(symbols.rule.down, label)],
		below: [...rule(symbols.rule.up, null), ...typed, footerLine(state, columns, symbols, shown)],
		rows: layout.frame.rows + typed.length,
	};
};

/** A line across the screen, with a mark where the body is divided and words at its beginning. */
const ruleLine = (
	columns: number,
	{rule}: Symbols,
	{divider, mark, label}: {divider: number | null; mark: string; label: string | null},
): Line => {
	const words = label === null ? '' : ` ${cutToWidth(label, columns - 6)} `;
	const start = label === null ? 0 : 2 + widthOf(words);
	const dashes = Array.from({length: columns - start}, (_, index) =>
		index + start === divider ? mark : rule.horizontal,
	).join('');
	return label === null
		? [span(dashes, 'muted')]
		: [span(rule.horizontal.repeat(2), 'muted'), span(words, 'recorded'), span(dashes, 'muted')];
};
