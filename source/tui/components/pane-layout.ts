import type {Line, Span} from '../../view/line.js';
import {spacing} from '../../view/theme.js';
import type {Size} from '../text/layout.js';

/** A bordered part of the screen that shows the output of a stage or a command. */
export type Pane = {
	key: string;
	/** The stage whose output it shows; null: output of no stage. */
	stage: string | null;
	size: Size;
	title: string;
	/** Before the title: the mark of its stage in the Dockerfile; null while the Dockerfile is not shown. */
	mark: Span | null;
	/** At the right end of the upper border. */
	status: Line;
	/** Rows above the output that don’t scroll. */
	head: Line[];
	/** Output: its end is shown unless the learner scrolls. */
	rows: Line[];
	isMuted: boolean;
	/** Its rows use the padding inside the border too. */
	isTight: boolean;
};

/**
 * The live side of a step, from top to bottom. Panes fill the rows that `above` and `below` leave. `lines` replace the
 * panes, and scroll if they don't fit.
 */
export type LiveSide = {above: Line[]; panes: Pane[][]; lines: Line[]; below: Line[]};

/** Columns and rows inside of the border and its padding. */
export const innerSize = ({columns, rows}: Size): Size => ({columns: columns - 4, rows: rows - 2});

/** The key of the region that the `lines` of a live side form. */
export const linesKey = 'live';

/** The size of the area for `lines`. */
export const linesSize = ({above, lines, below}: LiveSide, {columns, rows}: Size): Size => ({
	columns,
	rows: Math.min(lines.length, Math.max(0, rows - above.length - below.length)),
});

/**
 * The best ratio of columns to rows: characters are about twice as high as wide, so a pane looks twice as wide as high.
 */
const goodRatio = 4;
/** Columns for a name beside a status with seconds. In a narrower pane, the name is cut. */
const goodColumns = 30;
/** Penalties for a grid: for each place that stays empty, and for panes so narrow that names are cut. */
const unevenness = 0.15;
const narrowness = 10;

/**
 * Divides an area into rows of panes, one pane for each of `count` stages. All panes of a row have the same height, and
 * each row fills the width. Null if the panes would be too small to be of use.
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
