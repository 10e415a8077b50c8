import type {Room} from '../layout.js';
import {spacing} from '../theme.js';

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
export const gridPanes = (count: number, room: Room): Room[][] | null => {
	const candidates = Array.from({length: count}, (_, index) => index + 1)
		.map(across => ({across, down: Math.ceil(count / across)}))
		.map(({across, down}) => ({
			across,
			down,
			columns: Math.floor((room.columns - spacing.gap * (across - 1)) / across),
			rows: Math.floor(room.rows / down),
		}))
		.filter(({columns, rows}) => columns >= spacing.paneColumns && rows >= spacing.paneRows)
		.sort((a, b) => badness(count, a) - badness(count, b));
	const [best] = candidates;
	if (!best) return null;
	return Array.from({length: best.down}, (_, row) => {
		const across = Math.min(best.across, count - row * best.across);
		const columns = shares(room.columns - spacing.gap * (across - 1), across);
		const rows = shares(room.rows, best.down)[row] ?? best.rows;
		return columns.map(width => ({columns: width, rows}));
	});
};

const badness = (
	count: number,
	{across, down, columns, rows}: Room & {across: number; down: number},
): number =>
	Math.abs(Math.log(columns / rows / goodRatio)) +
	(across * down - count) * unevenness +
	(columns < goodColumns ? narrowness : 0);

/** Divides a length as evenly as whole numbers allow; the first shares get what is left over. */
const shares = (length: number, count: number): number[] =>
	Array.from({length: count}, (_, index) => Math.floor(length / count) + (index < length % count ? 1 : 0));
