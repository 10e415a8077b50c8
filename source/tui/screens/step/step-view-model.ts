import {selectPlan, selectRun} from '../../../session/select.js';
import {selectTimelines} from '../../../session/select-builds.js';
import type {SessionState} from '../../../session/state.js';
import {spacing} from '../../../view/theme.js';
import {innerSize, type LiveSide, linesKey, linesSize, type Pane} from '../../components/pane-layout.js';
import {focusedIndex, type Region, type ViewState} from '../../keymap/view-state.js';
import {type Layout, layoutScreen, type Size, visibleRows} from '../../text/layout.js';
import type {BuildSideOptions} from './build-side.js';
import {dockerfileSide, stageMark} from './dockerfile-side.js';
import {liveNeed, liveSide} from './live-side.js';
import {type TextSide, textSide} from './text-side.js';

/** Everything that is drawn of a step at one moment, and where. */
export type StepViewModel = {
	layout: Layout;
	/** Null: not in sight. */
	text: {side: TextSide; size: Size} | null;
	/** The name of the text side, whether it is in sight or not. */
	textName: string;
	live: {side: LiveSide; size: Size} | null;
	/** What scrolls, in the order of the tab key; and which of them has the scroll keys. */
	regions: Region[];
	focused: number;
	/** The region that has the scroll keys until the learner chooses one. */
	suited: number;
};

/** Lays a step out on a terminal. Pure. */
export const createStepViewModel = (
	state: SessionState,
	terminal: Size,
	view: ViewState,
	moment: Omit<BuildSideOptions, 'hasTimeline'>,
): StepViewModel => {
	const options = {...moment, hasTimeline: view.hasTimeline};
	const {columns} = insideMargin(terminal);
	const layout = layoutScreen(terminal, liveNeed(state, columns, moment.symbols));
	if (state.screen === 'build' && !(view.hasDockerfile && selectPlan(state)?.text != null))
		return withoutText(state, layout, view, options);
	const live = withMarks(liveSide(state, insideMargin(layout.live), options), state, view);
	const panes = live.panes.flat();
	const text = leftSide(state, insideMargin(layout.text), view, {
		...options,
		isAlone: layout.kind === 'tabs',
	});
	const lines = linesRegion(live, insideMargin(layout.live));
	// The lines are a region in three cases: only one side is shown at a time, and tab leads to the other; they don't fit;
	// or they list the stages of a build, which can be zoomed as panes can.
	const isList = selectRun(state)?.build != null && !view.hasTimeline;
	const hasLines = layout.kind === 'tabs' || lines.total > lines.rows || isList;
	const liveRegions = panes.length > 0 ? panes.map(paneRegion) : hasLines ? [lines] : [];
	const regions = [text.region, ...liveRegions];
	const suited = layout.kind === 'tabs' ? busySide(state) : 0;
	const focused = focusedIndex(view, regions, suited);
	const both = {
		layout,
		text: {side: text, size: layout.text},
		textName: text.name,
		live: {side: live, size: layout.live},
		regions,
		focused,
		suited,
	};
	if (view.isZoomed) return enlargeFocused(state, both, view, options);
	if (view.hasTimeline && layout.kind !== 'wide' && selectTimelines(state))
		return onlyLive(state, both, options);
	if (layout.kind !== 'tabs') return layout.live.rows > 0 ? both : {...both, live: null};
	return focused === 0 ? {...both, live: null} : {...both, text: null};
};

/** The text of the step, or its Dockerfile. */
const leftSide = (
	state: SessionState,
	size: Size,
	{hasDockerfile}: ViewState,
	{symbols, tick, isAlone}: BuildSideOptions & {isAlone: boolean},
): TextSide => {
	const dockerfile = hasDockerfile
		? dockerfileSide(state, size, {symbols, frame: tick.frame, isAlone})
		: null;
	return dockerfile ?? textSide(state, size, {symbols, isAlone});
};

/** While the Dockerfile is shown, the panes have the marks of their stages. */
const withMarks = (live: LiveSide, state: SessionState, {hasDockerfile}: ViewState): LiveSide => {
	if (!hasDockerfile) return live;
	const stages = selectPlan(state)?.graph.stages ?? [];
	const markOf = ({stage}: Pane) => {
		const index = stages.findIndex(({name}) => name === stage);
		return index < 0 ? null : stageMark(index);
	};
	return {...live, panes: live.panes.map(row => row.map(pane => ({...pane, mark: markOf(pane)})))};
};

/** A build of the user's own without its Dockerfile: the live side alone. */
const withoutText = (
	state: SessionState,
	layout: Layout,
	view: ViewState,
	options: BuildSideOptions,
): StepViewModel => {
	const size = layout.kind === 'tabs' ? layout.text : layout.body;
	const side = liveSide(state, insideMargin(size), options);
	const panes = side.panes.flat();
	const regions = panes.length > 0 ? panes.map(paneRegion) : [linesRegion(side, insideMargin(size))];
	const focused = focusedIndex(view, regions, 0);
	return {layout, text: null, textName: '', live: {side, size}, regions, focused, suited: 0};
};

/** The live side alone: two builds on one axis need all of a small screen. */
const onlyLive = (
	state: SessionState,
	viewModel: StepViewModel,
	options: BuildSideOptions,
): StepViewModel => {
	const size = viewModel.layout.kind === 'tabs' ? viewModel.layout.text : viewModel.layout.body;
	const side = liveSide(state, insideMargin(size), options);
	if (side.panes.length > 0) return {...viewModel, text: null, live: {side, size}};
	// Only what is in sight can have the scroll keys.
	return {
		...viewModel,
		text: null,
		live: {side, size},
		regions: [linesRegion(side, insideMargin(size))],
		focused: 0,
	};
};

/** The focused region alone in the whole body. */
const enlargeFocused = (
	state: SessionState,
	viewModel: StepViewModel,
	view: ViewState,
	options: BuildSideOptions,
): StepViewModel => {
	const {layout, regions, focused} = viewModel;
	const size = layout.kind === 'tabs' ? layout.text : layout.body;
	if (focused === 0) {
		const side = leftSide(state, insideMargin(size), view, {...options, isAlone: true});
		return {...viewModel, text: {side, size}, live: null, regions: regions.with(0, side.region)};
	}
	const pane = viewModel.live?.side.panes.flat()[focused - 1];
	if (!pane) return onlyLive(state, viewModel, options);
	const zoomed = {...pane, size: insideMargin(size)};
	const side: LiveSide = {above: [], panes: [[zoomed]], lines: [], below: []};
	return {...viewModel, text: null, live: {side, size}, regions: regions.with(focused, paneRegion(zoomed))};
};

const insideMargin = ({columns, rows}: Size): Size => ({columns: columns - 2 * spacing.margin, rows});

const linesRegion = (side: LiveSide, size: Size): Region => ({
	key: linesKey,
	total: side.lines.length,
	rows: visibleRows(side.lines.length, linesSize(side, size)),
	initial: 0,
});

const paneRegion = ({key, stage, size, head, rows: {length: total}}: Pane): Region => {
	const rows = Math.max(1, innerSize(size).rows - head.length);
	return {key, total, rows, initial: Math.max(0, total - rows), stage};
};

/** The side to show if only one fits: the live side while something runs or is judged, else the text. */
const busySide = (state: SessionState): number => {
	const run = selectRun(state);
	const isBusy = run ? run.phase !== 'over' : false;
	return isBusy ? 1 : 0;
};
