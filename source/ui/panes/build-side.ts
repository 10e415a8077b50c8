import type {Build, Stage} from '../../build/model.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {RunView, SessionState} from '../../session/state.js';
import {graphLines} from '../graph/graph-lines.js';
import {comparedLines, comparedSentence, timelineLines} from '../graph/timelines-lines.js';
import {mostPredicted} from '../keys/predict-bindings.js';
import type {Room} from '../layout.js';
import {predictionLines} from '../pages/prediction-lines.js';
import type {Symbols} from '../symbols.js';
import {cutLines} from '../text/cut-lines.js';
import type {Line} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {buildLive, type Tick} from './build-live.js';
import type {Live} from './pane.js';
import {gridPanes} from './pane-grid.js';

/** `hasTimeline`: it takes the room of the panes, once the build has ended. */
export type BuildMeans = {symbols: Symbols; tick: Tick; hasTimeline: boolean};

/** Highest picture of a graph above the panes. */
const graphRows = 5;
/** Below this height, panes matter more than what could stand above or below them. */
const goodPaneRows = 5;
/** From here on what stands above and below the panes is set off by an empty line. */
const airyRows = 20;

/** A build with its graph above the panes and, once it has ended, what was predicted and its timeline below. */
export const buildSide = (
	state: SessionState,
	{run, build}: {run: RunView; build: Build},
	room: Room,
	means: BuildMeans,
): Live => {
	const prediction = run.phase === 'over' ? predictionPart(state, build, room, means) : [];
	if (means.hasTimeline && run.phase === 'over') {
		const {above} = buildLive(run, {...build, stages: []}, room, means);
		const told: Line[] = prediction.length > 0 ? [...prediction, []] : [];
		const rest = {columns: room.columns, rows: room.rows - above.length - told.length};
		return {above, panes: [], lines: [...told, ...fullTimeline(state, rest, means)], below: []};
	}
	const count = build.stages.length;
	const graph = graphPart(build.stages, {columns: room.columns, rows: room.rows - prediction.length}, means);
	const told: Line[] = prediction.length > 0 && room.rows >= airyRows ? [[], ...prediction] : prediction;
	const used = graph.length + told.length;
	// What went wrong needs the room.
	const timeline = build.failure
		? []
		: timelinePart(state, {columns: room.columns, rows: room.rows - used}, {count, symbols: means.symbols});
	const rest = {columns: room.columns, rows: room.rows - used - timeline.length};
	const live = buildLive(run, build, rest, means);
	return {
		...live,
		above: [...live.above, ...graph],
		below: [...live.below, ...told, ...timeline],
	};
};

/** The graph, where it leaves enough to the panes. With an empty line below it in a high room. */
export const graphPart = (
	stages: Stage[],
	room: Room,
	{symbols, tick}: {symbols: Symbols; tick: Tick},
): Line[] => {
	const graph = graphLines(stages, {columns: room.columns, rows: graphRows}, {symbols, frame: tick.frame});
	const part = room.rows < airyRows || graph.length === 0 ? graph : [...graph, []];
	// The title takes a row, in a high room two.
	const rest = {columns: room.columns, rows: room.rows - 2 - part.length};
	const isListed = gridPanes(stages.length, {...rest, rows: room.rows - 1}) === null;
	const fits = isListed ? rest.rows >= stages.length : hasGoodPanes(stages.length, rest);
	return fits ? part : [];
};

const hasGoodPanes = (count: number, room: Room): boolean =>
	(gridPanes(count, room)?.at(-1)?.[0]?.rows ?? 0) >= goodPaneRows;

const predictionPart = (
	{predictions, stepId}: SessionState,
	{stages}: Build,
	{columns, rows}: Room,
	{symbols}: BuildMeans,
): Line[] => {
	const predicted = predictions[stepId] ?? [];
	if (predicted.length === 0) return [];
	const isBrief = rows < airyRows;
	// Only those that have a key could be expected.
	const asked = stages.slice(0, mostPredicted);
	const lines = predictionLines(predicted, asked, columns, {symbols, isBrief});
	return isBrief ? cutLines(lines, Math.floor(rows * 0.4)) : lines;
};

/** As much of the time that was measured as fits below the panes. */
const timelinePart = (
	state: SessionState,
	{columns, rows}: Room,
	{count, symbols}: {count: number; symbols: Symbols},
): Line[] => {
	const fitting = timelineForms(state, columns, symbols).find(lines =>
		hasGoodPanes(count, {columns, rows: rows - 3 - lines.length}),
	);
	return fitting ? [[], ...fitting] : [];
};

/** In the room of the panes; where even the shortest form does not fit, it scrolls. */
const fullTimeline = (state: SessionState, {columns, rows}: Room, {symbols}: BuildMeans): Line[] => {
	const forms = timelineForms(state, columns, symbols);
	return forms.find(lines => lines.length <= rows) ?? forms.at(-1) ?? [];
};

/** The highest one first. */
const timelineForms = (state: SessionState, columns: number, symbols: Symbols): Line[][] => {
	const known = selectTimelines(state);
	if (!known) return [];
	const {own, compared} = known;
	const alone = timelineLines(own, columns, symbols);
	if (!compared) return [alone];
	return [
		comparedLines(compared, columns, {symbols, shown: own.runId}),
		[...alone, ...wrapLine(comparedSentence(compared, own.runId), columns)],
		alone,
	];
};
