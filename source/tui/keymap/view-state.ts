import type {KeyContext, Layer, ViewAction} from '../../view/binding.js';

/** A part of the screen that scrolls. */
export type Region = {
	key: string;
	/** All its lines, and how many of them are in sight at once. */
	total: number;
	rows: number;
	/** The line at its top until the learner scrolls it. */
	initial: number;
	/** The stage whose output it shows; null: output of no stage; undefined: it shows no output. */
	stage?: string | null;
};

/** What part of a step is in sight. The session doesn't know it. */
export type ViewState = {
	/** Index of the region with the scroll keys. Null: the one that suits what is going on. */
	focus: number | null;
	/** Whether the focused region fills the whole screen. A pane with output has `zoom` instead. */
	isZoomed: boolean;
	/** The pane that fills the whole screen with its log; null: none does. */
	zoom: ZoomState | null;
	/** Whether the timeline of a finished build is shown in place of its panes. */
	hasTimeline: boolean;
	/** Whether the Dockerfile is shown in place of the text. */
	hasDockerfile: boolean;
	/** The line at the top of each region that was scrolled, by the key of the region. */
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

/** The part of the key context that depends only on the view. It is up to date even if keys come faster than frames. */
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

/** The index of the region that gets the scroll keys. `suited`: the index of the one that suits what is going on. */
export const focusedIndex = ({focus}: ViewState, regions: Region[], suited: number): number =>
	Math.max(0, Math.min(focus ?? suited, regions.length - 1));

/**
 * What is on the screen when a key is pressed. `suited`: the index of the region that suits what is going on. `isWide`:
 * both sides of a step are next to each other.
 */
type RegionLayout = {regions: Region[]; suited: number; isWide: boolean};

/** The view after a key. */
export const moveView = (view: ViewState, action: ViewAction, place: RegionLayout): ViewState => {
	const {regions, suited, isWide} = place;
	const focused = focusedIndex(view, regions, suited);
	const region = regions[focused];
	const lines = region && scrolledLines(action, region.rows);
	if (lines) return scroll(view, region, lines);
	// If the timeline and the Dockerfile don't both fit, the one that was opened last is shown.
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
			// Focused, it is shown even if there is room for only one side.
			return {...view, hasDockerfile: !view.hasDockerfile, focus: view.hasDockerfile ? null : 0};
		case 'timeline':
			// If a side fills the whole screen, the timeline takes its place.
			return {...view, isZoomed: false, hasTimeline: view.isZoomed || !view.hasTimeline};
		default:
			return view;
	}
};

/** The direction of each scroll key, through lines and through pages. */
export const lineMoves: Partial<Record<ViewAction, number>> = {up: -1, down: 1};
export const pageMoves: Partial<Record<ViewAction, number>> = {'page-up': -1, 'page-down': 1};

/**
 * How many of a region's lines an action scrolls; 0 if it doesn't scroll. A page leaves one of `rows` lines in sight.
 */
const scrolledLines = (action: ViewAction, rows: number): number =>
	lineMoves[action] ?? (pageMoves[action] ?? 0) * Math.max(1, rows - 1);

const scroll = (view: ViewState, region: Region, lines: number): ViewState => {
	const {[region.key]: _, ...others} = view.tops;
	const end = Math.max(0, region.total - region.rows);
	const top = Math.max(0, Math.min(firstVisibleLine(view, region) + lines, end));
	// Back at its initial line, a region counts as not scrolled, so a pane follows its output again.
	return {...view, tops: top === Math.min(region.initial, end) ? others : {...others, [region.key]: top}};
};

/** What a zoomed pane shows of its log. Lines are counted from 0. */
export type ZoomState = {
	/** Null: output of no stage. */
	stage: string | null;
	/** Line at the top. Null: the end is in sight, and stays so while lines arrive. */
	top: number | null;
	/** How many columns are scrolled out of sight at the left. */
	left: number;
	/** The text being typed to search for; null: nothing is being typed. */
	typing: string | null;
	/** The text searched for last; empty: none. */
	wanted: string;
	/** The line found last; null: none. */
	found: number | null;
	/** A sentence about the search; null: nothing to say. */
	message: string | null;
};

/** The lines of a log, and the rows and columns that are in sight. */
export type ZoomExtent = {total: number; rows: number; columns: number};

/** The state of a pane that has just been zoomed: it shows the end of its log. */
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

/** Scrolls to a line that was found. It gets to the middle unless it is already in sight. */
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
