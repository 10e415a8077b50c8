import {messages} from '../../messages/index.js';
import {type Line, span} from '../../view/line.js';
import type {Symbols} from '../../view/symbols.js';
import {spacing} from '../../view/theme.js';

/** A rectangle of the screen, in characters. */
export type Size = {columns: number; rows: number};

/**
 * How a terminal is divided. `wide`: text left, live right. `stacked`: text above live. `tabs`: one of the two at a
 * time, below a line that names both.
 */
export type Layout = {
	kind: 'wide' | 'stacked' | 'tabs';
	/** The whole frame: one row less than the terminal, so that nothing ever scrolls. */
	frame: Size;
	/** What header, footer and rules leave; all of it for screens that are not divided. */
	body: Size;
	text: Size;
	live: Size;
};

/**
 * What the live side has to show: `all` of a run, so many lines on a challenge, the `plan` of a build, a line of `words` on
 * what will appear, or `nothing` but the steps of the chapter.
 */
export type LiveNeed = 'all' | number | 'plan' | 'words' | 'nothing';

/** From this width on, text and live side are next to each other. */
const wideColumns = 100;
/** Below this width or this height, one side is shown at a time. */
const stackedColumns = 60;
const stackedRows = 16;
/** Columns for the titles of a chapter's steps. */
const overviewColumns = 40;
/** The most rows for a stacked live side before anything has run. */
const rowsBefore = {plan: 4, words: 1};
/** The share of a stacked live side that has all to show. */
const liveShare = 0.55;

/**
 * Divides a terminal. As long as the live side needs little, the text gets what that leaves; but if they are side by
 * side, nothing moves when a command begins.
 */
export const layoutScreen = (terminal: Size, need: LiveNeed): Layout => {
	const frame = {columns: Math.max(1, terminal.columns), rows: Math.max(1, terminal.rows - 1)};
	const {columns} = frame;
	if (columns < stackedColumns || terminal.rows < stackedRows) {
		const size = {columns, rows: Math.max(1, frame.rows - 3)};
		return {kind: 'tabs', frame, body: {columns, rows: Math.max(1, frame.rows - 2)}, text: size, live: size};
	}
	const body = {columns, rows: frame.rows - 4};
	return columns < wideColumns
		? {kind: 'stacked', frame, body, ...stack(body, need)}
		: {kind: 'wide', frame, body, ...setSideBySide(body, need)};
};

/** A live side with nothing to show has no rule above it either. */
const stack = (body: Size, need: LiveNeed): Pick<Layout, 'text' | 'live'> => {
	const {columns} = body;
	if (need === 'nothing') return {text: body, live: {columns, rows: 0}};
	const rows = body.rows - 1;
	const live = countLiveRows(rows, need);
	return {text: {columns, rows: rows - live}, live: {columns, rows: live}};
};

const countLiveRows = (rows: number, need: Exclude<LiveNeed, 'nothing'>): number => {
	const all = Math.ceil(rows * liveShare);
	if (need === 'all') return all;
	return typeof need === 'number' ? Math.min(need, all) : Math.min(rowsBefore[need], Math.floor(rows / 3));
};

const setSideBySide = ({columns, rows}: Size, need: LiveNeed): Pick<Layout, 'text' | 'live'> => {
	const share = need === 'nothing' ? columns - 1 - overviewColumns : Math.floor(columns * 0.44);
	const text = Math.min(spacing.textColumns + 2 * spacing.margin, share);
	return {text: {columns: text, rows}, live: {columns: columns - text - 1, rows}};
};

/** The lines that are in sight. If not all of them fit, the last row says how many there are above and below. */
export const scrollLines = (lines: Line[], size: Size, top: number, {more}: Symbols): Line[] => {
	if (lines.length <= size.rows) return lines;
	const rows = visibleRows(lines.length, size);
	const below = lines.length - top - rows;
	const marks = [
		...(top > 0 ? [`${more.above} ${messages.tui.scroll.above(top)}`] : []),
		...(below > 0 ? [`${more.below} ${messages.tui.scroll.below(below)}`] : []),
	].join('   ');
	return [...lines.slice(top, top + rows), [span(marks, 'strong')]];
};

/** The rows for text if `total` lines must fit: if they don't, `scrollLines` uses one row to say so. */
export const visibleRows = (total: number, {rows}: Size): number =>
	total <= rows ? rows : Math.max(1, rows - 1);

/** The top line of a list that is scrolled so that one of its lines is in the middle, if possible. */
export const topAround = (line: number, total: number, size: Size): number => {
	const rows = visibleRows(total, size);
	return Math.max(0, Math.min(line - Math.floor(rows / 2), total - rows));
};
