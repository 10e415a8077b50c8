import type {ViewAction} from '../keys/keymap.js';

/** Where the learner looks in a line log that has the whole screen. Lines are counted from 0. */
export type ZoomView = {
	/** Null: output of no stage. */
	stage: string | null;
	/** Line at the top; null: the end is in sight, also while lines arrive. */
	top: number | null;
	/** Columns at the left that are out of sight. */
	left: number;
	/** The text being typed to search for; null: nothing is being typed. */
	typing: string | null;
	/** The text searched for last; empty: none. */
	wanted: string;
	/** The line found last. */
	found: number | null;
	/** One sentence on the search. */
	message: string | null;
};

/** How much there is, and how much of it is seen at once. */
export type ZoomRoom = {total: number; rows: number; columns: number};

/** The end of a log, nothing searched for. */
export const openZoom = (stage: string | null): ZoomView => ({
	stage,
	top: null,
	left: 0,
	typing: null,
	wanted: '',
	found: null,
	message: null,
});

/** The line at the top. */
export const topOfZoom = ({top}: Pick<ZoomView, 'top'>, {total, rows}: ZoomRoom): number =>
	Math.max(0, Math.min(top ?? total, total - rows));

/** The zoom after a key. */
export const moveZoom = (zoom: ZoomView, action: ViewAction, room: ZoomRoom): ZoomView => {
	const {typing} = zoom;
	// One line of the page before stays in sight.
	const page = Math.max(1, room.rows - 1);
	switch (action) {
		case 'up':
			return scroll(zoom, -1, room);
		case 'down':
			return scroll(zoom, 1, room);
		case 'page-up':
			return scroll(zoom, -page, room);
		case 'page-down':
			return scroll(zoom, page, room);
		case 'home':
			return scroll(zoom, -room.total, room);
		case 'end':
			return scroll(zoom, room.total, room);
		case 'left':
			return {...zoom, left: Math.max(0, zoom.left - Math.ceil(room.columns / 2))};
		case 'right':
			return {...zoom, left: zoom.left + Math.ceil(room.columns / 2)};
		case 'search':
			return {...zoom, typing: '', message: null};
		case 'erase':
			return {...zoom, typing: typing ? [...typing].slice(0, -1).join('') : null};
		case 'leave-search':
			return {...zoom, typing: null};
		case 'find':
			return {...zoom, typing: null, wanted: typing || zoom.wanted};
		default:
			return zoom;
	}
};

/** What was typed goes behind what stands there. */
export const typeIntoZoom = (zoom: ZoomView, text: string): ZoomView =>
	zoom.typing === null ? zoom : {...zoom, typing: zoom.typing + text};

/** Brings a line into sight, in the middle unless it is seen already. */
export const showFound = (zoom: ZoomView, found: number, room: ZoomRoom): ZoomView => {
	const top = topOfZoom(zoom, room);
	const isSeen = found >= top && found < top + room.rows;
	const middle = Math.max(0, found - Math.floor(room.rows / 2));
	return {...zoom, found, top: isSeen ? top : middle};
};

const scroll = (zoom: ZoomView, lines: number, room: ZoomRoom): ZoomView => {
	const end = Math.max(0, room.total - room.rows);
	const top = Math.max(0, Math.min(topOfZoom(zoom, room) + lines, end));
	// Who scrolls down to the end follows it again.
	return {...zoom, top: top === end && lines > 0 ? null : top, message: null};
};
