import type {KeyContext, Layer, ViewAction} from '../../view/keymap.js';

/** Something that scrolls. */
export type Region = {
	key: string;
	/** Lines it has, and lines that are seen at once. */
	total: number;
	rows: number;
	/** The line at its top until the learner scrolls it. */
	initial: number;
	/** The stage whose output it shows the end of, null for output of no stage; left out: it shows something else. */
	stage?: string | null;
};

/** What part of a step is in sight. Only the screen knows it. */
export type ViewState = {
	/** Null: the region that suits what is going on. */
	focus: number | null;
	/** Whether a region that is no pane has the whole screen. */
	isZoomed: boolean;
	/** The pane that has the whole screen. */
	zoom: ZoomState | null;
	/** Whether the timeline of a build that has ended takes the room of its panes. */
	hasTimeline: boolean;
	/** Whether the Dockerfile takes the room of the text. */
	hasDockerfile: boolean;
	/** Line at the top of each region that was scrolled. */
	tops: Record<string, number>;
};

export const initialViewState: ViewState = {
	focus: null,
	isZoomed: false,
	zoom: null,
	hasTimeline: false,
	hasDockerfile: false,
	tops: {},
};

/** The part of the key context that follows from the view alone, so that keys that come faster than frames find it. */
export const viewKeyContext = (
	view: ViewState,
): Pick<KeyContext, 'layer' | 'hasDockerfile' | 'hasTimeline' | 'isWhole'> => ({
	layer: viewLayer(view),
	hasDockerfile: view.hasDockerfile,
	hasTimeline: view.hasTimeline,
	isWhole: view.isZoomed,
});

const viewLayer = ({zoom}: ViewState): Layer => {
	if (!zoom) return 'screen';
	return zoom.typing === null ? 'zoom' : 'search';
};

/** The line at the top of a region. */
export const firstVisibleLine = ({tops}: ViewState, {key, total, rows, initial}: Region): number =>
	Math.max(0, Math.min(tops[key] ?? initial, total - rows));

/** The region that gets the scroll keys, from 0. `suited`: the one that suits what is going on. */
export const focusedIndex = ({focus}: ViewState, regions: Region[], suited: number): number =>
	Math.max(0, Math.min(focus ?? suited, regions.length - 1));

/** Where a key is pressed. `suited`: the region that suits what is going on. `isWide`: both sides of a step have room. */
type RegionLayout = {regions: Region[]; suited: number; isWide: boolean};

/** The view after a key. */
export const moveView = (view: ViewState, action: ViewAction, place: RegionLayout): ViewState => {
	const {regions, suited, isWide} = place;
	const focused = focusedIndex(view, regions, suited);
	const region = regions[focused];
	const lines = region && scrolledLines(action, region.rows);
	if (lines) return scroll(view, region, lines);
	// If there is room for only one of the two, the one opened last is shown.
	const timelineHides = view.hasTimeline && !isWide;
	switch (action) {
		case 'next-pane':
			return {...view, focus: (focused + 1) % Math.max(1, regions.length)};
		case 'zoom':
			return {...view, focus: focused, isZoomed: !view.isZoomed};
		case 'unzoom':
			if (view.isZoomed) return {...view, isZoomed: false};
			if (view.hasDockerfile && !timelineHides) return moveView(view, 'dockerfile', place);
			return {...view, hasTimeline: false};
		case 'dockerfile':
			if (timelineHides) return {...view, hasTimeline: false, hasDockerfile: true, focus: 0};
			// If there is room for only one side, show this one.
			return {...view, hasDockerfile: !view.hasDockerfile, focus: view.hasDockerfile ? null : 0};
		case 'timeline':
			// A side that fills the whole screen leaves no room for it.
			return {...view, isZoomed: false, hasTimeline: view.isZoomed || !view.hasTimeline};
		default:
			return view;
	}
};

/** How the scroll keys move through lines and through pages. */
export const lineMoves: Partial<Record<ViewAction, number>> = {up: -1, down: 1};
export const pageMoves: Partial<Record<ViewAction, number>> = {'page-up': -1, 'page-down': 1};

/** The lines by which an action scrolls so many rows, of which one stays in sight; 0 when it doesn't scroll. */
const scrolledLines = (action: ViewAction, rows: number): number =>
	lineMoves[action] ?? (pageMoves[action] ?? 0) * Math.max(1, rows - 1);

const scroll = (view: ViewState, region: Region, lines: number): ViewState => {
	const {[region.key]: _, ...others} = view.tops;
	const end = Math.max(0, region.total - region.rows);
	const top = Math.max(0, Math.min(firstVisibleLine(view, region) + lines, end));
	// Back at its initial line, a pane that shows the end of its output follows it again.
	return {...view, tops: top === Math.min(region.initial, end) ? others : {...others, [region.key]: top}};
};

/** Where the learner looks in a line log that has the whole screen. Lines are counted from 0. */
export type ZoomState = {
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

/** The lines of a log, and the rows and columns that are in sight. */
export type ZoomExtent = {total: number; rows: number; columns: number};

/** The end of a log, nothing searched for. */
export const zoomInto = (stage: string | null): ZoomState => ({
	stage,
	top: null,
	left: 0,
	typing: null,
	wanted: '',
	found: null,
	message: null,
});

/** The line at the top. */
export const firstZoomedLine = ({top}: Pick<ZoomState, 'top'>, {total, rows}: ZoomExtent): number =>
	Math.max(0, Math.min(top ?? total, total - rows));

/** The zoom after a key. */
export const moveZoom = (zoom: ZoomState, action: ViewAction, size: ZoomExtent): ZoomState => {
	const {typing} = zoom;
	const lines = scrolledLines(action, size.rows);
	if (lines !== 0) return scrollZoom(zoom, lines, size);
	switch (action) {
		case 'home':
			return scrollZoom(zoom, -size.total, size);
		case 'end':
			return scrollZoom(zoom, size.total, size);
		case 'left':
			return {...zoom, left: Math.max(0, zoom.left - Math.ceil(size.columns / 2))};
		case 'right':
			return {...zoom, left: zoom.left + Math.ceil(size.columns / 2)};
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

/** Appends typed text. */
export const typeIntoZoom = (zoom: ZoomState, text: string): ZoomState =>
	zoom.typing === null ? zoom : {...zoom, typing: zoom.typing + text};

/** Brings a line into sight, in the middle unless it is seen already. */
export const showFound = (zoom: ZoomState, found: number, size: ZoomExtent): ZoomState => {
	const top = firstZoomedLine(zoom, size);
	const isSeen = found >= top && found < top + size.rows;
	const middle = Math.max(0, found - Math.floor(size.rows / 2));
	return {...zoom, found, top: isSeen ? top : middle};
};

const scrollZoom = (zoom: ZoomState, lines: number, size: ZoomExtent): ZoomState => {
	const end = Math.max(0, size.total - size.rows);
	const top = Math.max(0, Math.min(firstZoomedLine(zoom, size) + lines, end));
	// Scrolled down to the end, it follows the output again.
	return {...zoom, top: top === end && lines > 0 ? null : top, message: null};
};
