import type {Line, Span} from '../../view/line.js';
import {spacing} from '../../view/theme.js';
import type {Size} from '../text/layout.js';

/** A bordered part of the screen: what stands in its border, what stays, what scrolls. */
export type Pane = {
	key: string;
	/** The stage whose output it shows; null: output of no stage. */
	stage: string | null;
	size: Size;
	title: string;
	/** Before the title: by which its stage is known beside the Dockerfile; null: there is none. */
	mark: Span | null;
	/** At the right end of the upper border. */
	status: Line;
	/** Rows above the output that don’t scroll. */
	head: Line[];
	/** Output: its end is shown unless the learner scrolls. */
	rows: Line[];
	isMuted: boolean;
	/** Its rows use the columns beside its border too. */
	isTight: boolean;
};

/**
 * What the live side of a step shows, from top to bottom. The panes fill what the lines leave; `lines` stand in the place
 * of panes and scroll when they don't fit.
 */
export type LiveSide = {above: Line[]; panes: Pane[][]; lines: Line[]; below: Line[]};

/** Columns and rows inside of the border and its padding. */
export const innerSize = ({columns, rows}: Size): Size => ({columns: columns - 4, rows: rows - 2});

/** The key of the region that a live side's lines are, in the place of panes. */
export const linesKey = 'live';

/** What is left for the lines that stand in the place of panes. */
export const linesSize = ({above, lines, below}: LiveSide, {columns, rows}: Size): Size => ({
	columns,
	rows: Math.min(lines.length, Math.max(0, rows - above.length - below.length)),
});

/** A character is about twice as high as wide: panes look right when they are four times as wide as high. */
const goodRatio = 4;
/** A name beside a status with seconds needs so many columns; below, the name is cut. */
const goodColumns = 30;
/** What counts against a grid: each place that stays empty, and panes that cut names. */
const unevenness = 0.15;
const narrowness = 10;

/**
 * Rows of panes for so many stages in a room, each pane with its size; null when the panes would be too small to say
 * anything, so that a list has to do. All panes of a row are equally high, and each row fills the room's width.
 */
export const gridPanes = (count: number, size: Size): Size[][] | null => {
	const candidates = Array.from({length: count}, (_, index) => index + 1)
		.map(across => ({across, down: Math.ceil(count / across)}))
		.map(({across, down}) => ({
			across,
			down,
			columns: Math.floor((size.columns - spacing.gap * (across - 1)) / across),
			rows: Math.floor(size.rows / down),
		}))
		.filter(({columns, rows}) => columns >= spacing.paneColumns && rows >= spacing.paneRows)
		.sort((a, b) => gridPenalty(count, a) - gridPenalty(count, b));
	const [best] = candidates;
	if (!best) return null;
	return Array.from({length: best.down}, (_, row) => {
		const across = Math.min(best.across, count - row * best.across);
		const columns = divideEvenly(size.columns - spacing.gap * (across - 1), across);
		const rows = divideEvenly(size.rows, best.down)[row] ?? best.rows;
		return columns.map(width => ({columns: width, rows}));
	});
};

const gridPenalty = (
	count: number,
	{across, down, columns, rows}: Size & {across: number; down: number},
): number =>
	Math.abs(Math.log(columns / rows / goodRatio)) +
	(across * down - count) * unevenness +
	(columns < goodColumns ? narrowness : 0);

/** Divides a length as evenly as whole numbers allow; the first shares get what is left over. */
const divideEvenly = (length: number, count: number): number[] =>
	Array.from({length: count}, (_, index) => Math.floor(length / count) + (index < length % count ? 1 : 0));
