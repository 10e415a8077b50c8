import {selectPlan, selectRun} from '../../session/select/select.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {SessionState} from '../../session/state.js';
import {type Layout, layoutScreen, type Room} from '../layout.js';
import type {BuildMeans} from '../panes/build-side.js';
import {dockerfileSide} from '../panes/dockerfile-side.js';
import {liveNeed, liveSide} from '../panes/live-side.js';
import {innerRoom, type Live, linesKey, linesRoom, type Pane} from '../panes/pane.js';
import {stageMark} from '../panes/stage-mark.js';
import {textRows} from '../text/scroll-lines.js';
import {spacing} from '../theme.js';
import {focusOf, type Region, type View} from '../view.js';
import {type TextSide, textSide} from './text-side.js';

/** Everything about a step that is drawn at one moment, and where. */
export type StepScene = {
	layout: Layout;
	/** Null: not in sight. */
	text: {side: TextSide; room: Room} | null;
	/** What the text's side is called, in sight or not. */
	textName: string;
	live: {side: Live; room: Room} | null;
	/** What scrolls, in the order of the tab key; and which of them has the scroll keys. */
	regions: Region[];
	focused: number;
	/** The region that has them as long as the learner has chosen none. */
	suited: number;
};

type Means = BuildMeans;

/** Lays a step out on a terminal. Pure. */
export const stepScene = (
	state: SessionState,
	terminal: Room,
	view: View,
	given: Omit<Means, 'hasTimeline'>,
): StepScene => {
	const means = {...given, hasTimeline: view.hasTimeline};
	const layout = layoutScreen(terminal, liveNeed(state));
	const live = withMarks(liveSide(state, inside(layout.live), means), state, view);
	const panes = live.panes.flat();
	const text = leftSide(state, inside(layout.text), view, {...means, isAlone: layout.kind === 'tabs'});
	const lines = linesRegion(live, inside(layout.live));
	// Where one side is seen at a time, the keys that go to the next one lead to the other side too. The stages of a build
	// that are listed because there is no room for panes can be zoomed, as panes can.
	const isList = selectRun(state)?.build != null && !view.hasTimeline;
	const hasLines = layout.kind === 'tabs' || lines.total > lines.rows || isList;
	const liveRegions = panes.length > 0 ? panes.map(paneRegion) : hasLines ? [lines] : [];
	const regions = [text.region, ...liveRegions];
	const suited = layout.kind === 'tabs' ? busySide(state) : 0;
	const focused = focusOf(view, regions, suited);
	const both = {
		layout,
		text: {side: text, room: layout.text},
		textName: text.name,
		live: {side: live, room: layout.live},
		regions,
		focused,
		suited,
	};
	if (view.isZoomed) return zoom(state, both, view, means);
	if (view.hasTimeline && layout.kind !== 'wide' && selectTimelines(state))
		return onlyLive(state, both, means);
	if (layout.kind !== 'tabs') return layout.live.rows > 0 ? both : {...both, live: null};
	return focused === 0 ? {...both, live: null} : {...both, text: null};
};

/** The text of the step, or its Dockerfile. */
const leftSide = (
	state: SessionState,
	room: Room,
	{hasDockerfile}: View,
	{symbols, tick, isAlone}: Means & {isAlone: boolean},
): TextSide => {
	const dockerfile = hasDockerfile
		? dockerfileSide(state, room, {symbols, frame: tick.frame, isAlone})
		: null;
	return dockerfile ?? textSide(state, room, {symbols, isAlone});
};

/** Beside the Dockerfile the panes have the marks of their stages. */
const withMarks = (live: Live, state: SessionState, {hasDockerfile}: View): Live => {
	if (!hasDockerfile) return live;
	const stages = selectPlan(state)?.graph.stages ?? [];
	const markOf = ({stage}: Pane) => {
		const index = stages.findIndex(({name}) => name === stage);
		return index < 0 ? null : stageMark(index);
	};
	return {...live, panes: live.panes.map(row => row.map(pane => ({...pane, mark: markOf(pane)})))};
};

/** The live side alone: two builds on one axis need more than a part of a small screen. */
const onlyLive = (state: SessionState, scene: StepScene, means: Means): StepScene => {
	const room = scene.layout.kind === 'tabs' ? scene.layout.text : scene.layout.body;
	const side = liveSide(state, inside(room), means);
	if (side.panes.length > 0) return {...scene, text: null, live: {side, room}};
	// What is out of sight has no use for the scroll keys.
	return {...scene, text: null, live: {side, room}, regions: [linesRegion(side, inside(room))], focused: 0};
};

/** The focused region alone in the whole body. */
const zoom = (state: SessionState, scene: StepScene, view: View, means: Means): StepScene => {
	const {layout, regions, focused} = scene;
	const room = layout.kind === 'tabs' ? layout.text : layout.body;
	if (focused === 0) {
		const side = leftSide(state, inside(room), view, {...means, isAlone: true});
		return {...scene, text: {side, room}, live: null, regions: regions.with(0, side.region)};
	}
	const pane = scene.live?.side.panes.flat()[focused - 1];
	if (!pane) return onlyLive(state, scene, means);
	const zoomed = {...pane, room: inside(room)};
	const side: Live = {above: [], panes: [[zoomed]], lines: [], below: []};
	return {...scene, text: null, live: {side, room}, regions: regions.with(focused, paneRegion(zoomed))};
};

const inside = ({columns, rows}: Room): Room => ({columns: columns - 2 * spacing.margin, rows});

const linesRegion = (side: Live, room: Room): Region => ({
	key: linesKey,
	total: side.lines.length,
	rows: textRows(side.lines.length, linesRoom(side, room)),
	initial: 0,
});

const paneRegion = ({key, stage, room, head, rows: {length: total}}: Pane): Region => {
	const rows = Math.max(1, innerRoom(room).rows - head.length);
	return {key, total, rows, initial: Math.max(0, total - rows), stage};
};

/** With room for one side: the live one while something is at work or judged, else the text. */
const busySide = (state: SessionState): number => {
	const run = selectRun(state);
	const isBusy = run ? run.phase !== 'over' : false;
	return isBusy ? 1 : 0;
};
