import {spacing} from './theme.js';

/** A rectangle of the screen, in characters. */
export type Room = {columns: number; rows: number};

/**
 * How a terminal is divided. `wide`: text left, live right. `stacked`: text above live. `tabs`: one of the two at a
 * time, below a line that names both.
 */
export type Layout = {
	kind: 'wide' | 'stacked' | 'tabs';
	/** The whole frame: one row less than the terminal, so that nothing ever scrolls. */
	frame: Room;
	/** What header, footer and rules leave, for screens that are not divided. */
	body: Room;
	text: Room;
	live: Room;
};

/** From here on text and live stand side by side. */
const wideColumns = 100;
/** Below one of these, one pane at a time. */
const stackedColumns = 60;
const stackedRows = 16;

/**
 * Divides a terminal, from its size alone. `hasRun` is false while the live side only tells what will appear: stacked,
 * it then leaves most of the room to the text.
 */
export const layoutScreen = (terminal: Room, hasRun: boolean): Layout => {
	const frame = {columns: Math.max(1, terminal.columns), rows: Math.max(1, terminal.rows - 1)};
	const {columns} = frame;
	if (columns < stackedColumns || terminal.rows < stackedRows) {
		const room = {columns, rows: Math.max(1, frame.rows - 3)};
		return {kind: 'tabs', frame, body: {columns, rows: Math.max(1, frame.rows - 2)}, text: room, live: room};
	}
	const body = {columns, rows: frame.rows - 4};
	if (columns < wideColumns) {
		const rows = body.rows - 1;
		const live = hasRun ? Math.ceil(rows * 0.55) : Math.min(4, Math.floor(rows / 3));
		return {
			kind: 'stacked',
			frame,
			body,
			text: {columns, rows: rows - live},
			live: {columns, rows: live},
		};
	}
	const text = Math.min(spacing.textColumns + 2 * spacing.margin, Math.floor(columns * 0.44));
	return {
		kind: 'wide',
		frame,
		body,
		text: {columns: text, rows: body.rows},
		live: {columns: columns - text - 1, rows: body.rows},
	};
};
