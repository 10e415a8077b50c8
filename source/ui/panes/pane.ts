import type {Room} from '../layout.js';
import type {Line, Span} from '../text/line.js';

/** A bordered part of the screen: what stands in its border, what stays, what scrolls. */
export type Pane = {
	key: string;
	/** The stage whose output it shows; null: output of no stage. */
	stage: string | null;
	room: Room;
	title: string;
	/** Before the title: by which its stage is known beside the Dockerfile; null: there is none. */
	mark: Span | null;
	/** At the right end of the upper border. */
	status: Line;
	/** Rows that stay in sight above the output. */
	head: Line[];
	/** Output: its end is shown unless the learner scrolls. */
	rows: Line[];
	isMuted: boolean;
	/** Its rows need the columns beside its border too. */
	isTight: boolean;
};

/**
 * What the live side of a step shows, from top to bottom. The panes fill what the lines leave; `lines` stand in the place
 * of panes and scroll when they don't fit.
 */
export type Live = {above: Line[]; panes: Pane[][]; lines: Line[]; below: Line[]};

/** Columns and rows inside of the border and its padding. */
export const innerRoom = ({columns, rows}: Room): Room => ({columns: columns - 4, rows: rows - 2});

/** The key of the region that a live side's lines are, in the place of panes. */
export const linesKey = 'live';

/** What is left for the lines that stand in the place of panes. */
export const linesRoom = ({above, lines, below}: Live, {columns, rows}: Room): Room => ({
	columns,
	rows: Math.min(lines.length, Math.max(0, rows - above.length - below.length)),
});
