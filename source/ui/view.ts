import type {Layer, Shown, ViewAction} from './keys/keymap.js';
import type {ZoomView} from './zoom/zoom-view.js';

/** Something that scrolls. */
export type Region = {
	key: string;
	/** Lines it has, and lines that are seen at once. */
	total: number;
	rows: number;
	/** The line at its top as long as nobody has scrolled it. */
	initial: number;
	/** The stage whose output it shows the end of, null for output of no stage; left out: it shows something else. */
	stage?: string | null;
};

/** What only the screen knows: where the learner looks. */
export type View = {
	/** Null: the region that suits what is going on. */
	focus: number | null;
	/** Whether a region that is no pane has the whole screen. */
	isZoomed: boolean;
	/** The pane that has the whole screen. */
	zoom: ZoomView | null;
	/** Whether the timeline of a build that has ended takes the room of its panes. */
	hasTimeline: boolean;
	/** Whether the Dockerfile takes the room of the text. */
	hasDockerfile: boolean;
	/** Line at the top of each region that was scrolled. */
	tops: Record<string, number>;
};

export const initialView: View = {
	focus: null,
	isZoomed: false,
	zoom: null,
	hasTimeline: false,
	hasDockerfile: false,
	tops: {},
};

/** What keys have to know of a screen, by its view alone: keys that come faster than frames go to the right place. */
export const shownOfView = (
	view: View,
): Pick<Shown, 'layer' | 'hasDockerfile' | 'hasTimeline' | 'isWhole'> => ({
	layer: layerOfView(view),
	hasDockerfile: view.hasDockerfile,
	hasTimeline: view.hasTimeline,
	isWhole: view.isZoomed,
});

const layerOfView = ({zoom}: View): Layer => {
	if (!zoom) return 'screen';
	return zoom.typing === null ? 'zoom' : 'search';
};

/** The line at the top of a region. */
export const topOf = ({tops}: View, {key, total, rows, initial}: Region): number =>
	Math.max(0, Math.min(tops[key] ?? initial, total - rows));

/** The region that gets the scroll keys, from 0. `suited`: the one that suits what is going on. */
export const focusOf = ({focus}: View, regions: Region[], suited: number): number =>
	Math.max(0, Math.min(focus ?? suited, regions.length - 1));

/** Where a key is pressed. `suited`: the region that suits what is going on. `isWide`: both sides of a step have room. */
type Place = {regions: Region[]; suited: number; isWide: boolean};

/** The view after a key. */
export const moveView = (view: View, action: ViewAction, place: Place): View => {
	const {regions, suited, isWide} = place;
	const focused = focusOf(view, regions, suited);
	const region = regions[focused];
	// Where there is room for one of the two, the one that was asked for last has it.
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
			// Where there is room for one side, it is the one that was asked for.
			return {...view, hasDockerfile: !view.hasDockerfile, focus: view.hasDockerfile ? null : 0};
		case 'timeline':
			// What has the whole screen leaves no room for it.
			return {...view, isZoomed: false, hasTimeline: view.isZoomed || !view.hasTimeline};
		case 'up':
			return region ? scroll(view, region, -1) : view;
		case 'down':
			return region ? scroll(view, region, 1) : view;
		case 'page-up':
			return region ? scroll(view, region, -page(region)) : view;
		case 'page-down':
			return region ? scroll(view, region, page(region)) : view;
		default:
			return view;
	}
};

/** One line of the page before stays in sight. */
const page = ({rows}: Region): number => Math.max(1, rows - 1);

const scroll = (view: View, region: Region, lines: number): View => {
	const {[region.key]: _, ...others} = view.tops;
	const end = Math.max(0, region.total - region.rows);
	const top = Math.max(0, Math.min(topOf(view, region) + lines, end));
	// Back where it began to be: a pane that shows the end follows its output again.
	return {...view, tops: top === Math.min(region.initial, end) ? others : {...others, [region.key]: top}};
};
