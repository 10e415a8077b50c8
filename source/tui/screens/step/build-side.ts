import {messages} from '../../../messages/index.js';
import type {DockerfilePlan} from '../../../session/plan/dockerfile-plan.js';
import {selectRun, selectStep} from '../../../session/select.js';
import {type KnownTimelines, selectTimelines} from '../../../session/select-builds.js';
import {selectCommandLine} from '../../../session/select-wording.js';
import type {RunView, SessionState} from '../../../session/state.js';
import type {Build, Stage} from '../../../stages/model.js';
import {type Line, limitLines, span, wrapLine} from '../../../view/line.js';
import {predictionLines} from '../../../view/prediction-lines.js';
import type {Symbols} from '../../../view/symbols.js';
import {
	besideLines,
	besideSentence,
	comparedLines,
	comparedSentence,
	instructionLines,
	timelineLines,
} from '../../../view/timeline-lines.js';
import {builderName} from '../../../view/wording.js';
import {gridPanes, type LiveSide} from '../../components/pane-layout.js';
import {buildLive, fillGrid, stagePane, type Tick, taggedName} from '../../components/run-panes.js';
import type {Size} from '../../text/layout.js';
import {graphLines} from './stage-graph.js';

/** `hasTimeline`: once the build has ended, its timeline is shown in place of the panes. */
export type BuildSideOptions = {symbols: Symbols; tick: Tick; hasTimeline: boolean};

/** The most rows of a graph above the panes. */
const graphRows = 5;
/** Rows that every pane should have: the graph and the timeline give way to them. */
const goodPaneRows = 5;
/** From this height on, empty lines set off what is above and below the panes. */
const airyRows = 20;

/** A build with its graph above the panes and, once it has ended, what was predicted and its timeline below. */
export const buildSide = (
	state: SessionState,
	{run, build}: {run: RunView; build: Build},
	size: Size,
	options: BuildSideOptions,
): LiveSide => {
	const prediction = run.phase === 'over' ? predictionPart(state, run, size, options) : [];
	if (options.hasTimeline && run.phase === 'over') {
		const {above} = buildLive(run, {...build, stages: []}, size, options);
		const spaced: Line[] = prediction.length > 0 ? [...prediction, []] : [];
		const rest = {columns: size.columns, rows: size.rows - above.length - spaced.length};
		return {above, panes: [], lines: [...spaced, ...fullTimeline(state, rest, options)], below: []};
	}
	const count = build.stages.length;
	const graph = graphPart(
		build.stages,
		{columns: size.columns, rows: size.rows - prediction.length},
		options,
	);
	const spaced: Line[] = prediction.length > 0 && size.rows >= airyRows ? [[], ...prediction] : prediction;
	const used = graph.length + spaced.length;
	// After a failure, its explanation gets these rows.
	const timeline = build.failure
		? []
		: timelinePart(state, {columns: size.columns, rows: size.rows - used}, {count, symbols: options.symbols});
	const rest = {columns: size.columns, rows: size.rows - used - timeline.length};
	const live = buildLive(run, build, rest, options);
	return {
		...live,
		above: [...live.above, ...graph],
		below: [...live.below, ...spaced, ...timeline],
	};
};

/** The graph, if it leaves enough rows for the panes. If there is enough height, an empty line follows it. */
const graphPart = (stages: Stage[], size: Size, {symbols, tick}: {symbols: Symbols; tick: Tick}): Line[] => {
	const graph = graphLines(stages, {columns: size.columns, rows: graphRows}, {symbols, frame: tick.frame});
	const part = size.rows < airyRows || graph.length === 0 ? graph : [...graph, []];
	// The title takes one row, or two if there is enough height.
	const rest = {columns: size.columns, rows: size.rows - 2 - part.length};
	const isListed = gridPanes(stages.length, {...rest, rows: size.rows - 1}) === null;
	const fits = isListed ? rest.rows >= stages.length : hasGoodPanes(stages.length, rest);
	return fits ? part : [];
};

const hasGoodPanes = (count: number, size: Size): boolean =>
	(gridPanes(count, size)?.at(-1)?.[0]?.rows ?? 0) >= goodPaneRows;

/** What was predicted, below a run that has ended. */
export const predictionPart = (
	state: SessionState,
	run: RunView,
	{columns, rows}: Size,
	{symbols}: BuildSideOptions,
): Line[] => {
	const isBrief = rows < airyRows;
	const lines = predictionLines(state, run, columns, {symbols, isBrief});
	return isBrief ? limitLines(lines, Math.floor(rows * 0.4)) : lines;
};

/** The longest form of the timeline that fits below the panes. */
const timelinePart = (
	state: SessionState,
	{columns, rows}: Size,
	{count, symbols}: {count: number; symbols: Symbols},
): Line[] => {
	const known = selectTimelines(state);
	if (!known) return [];
	const {beside} = known;
	const forms = beside
		? [besideLines(beside, columns, symbols), besideSentence(beside, columns)]
		: stageForms(known, columns, symbols);
	const fitting = forms.find(lines => hasGoodPanes(count, {columns, rows: rows - 3 - lines.length}));
	if (fitting) return [[], ...fitting];
	// What was gained is worth rows of a pane.
	const gain = beside ? besideSentence(beside, columns) : [];
	return gridPanes(count, {columns, rows: rows - 1 - gain.length}) ? gain : [];
};

/**
 * The timelines in place of the panes: by stage and by instruction. What is set beside another build comes first. If
 * they don't fit, they scroll.
 */
const fullTimeline = (state: SessionState, {columns, rows}: Size, {symbols}: BuildSideOptions): Line[] => {
	const known = selectTimelines(state);
	if (!known) return [];
	const {instructions, beside} = known;
	const forms = stageForms(known, columns, symbols);
	// A page that scrolls gives its last row to saying so.
	const stages = forms.find(lines => lines.length < rows) ?? forms.at(-1) ?? [];
	if (beside) {
		// A single stage shows nothing more.
		const more: Line[] = known.own.stages.length > 1 ? [[], ...stages] : [];
		return [...besideLines(beside, columns, symbols), ...more];
	}
	return [...stages, [], ...instructionLines(instructions, columns, symbols)];
};

/** All forms of the timeline by stage, the longest one first. */
const stageForms = ({own, compared}: KnownTimelines, columns: number, symbols: Symbols): Line[][] => {
	const alone = timelineLines(own, columns, symbols);
	if (!compared) return [alone];
	return [
		comparedLines(compared, columns, {symbols, shown: own.runId}),
		[...alone, ...wrapLine(comparedSentence(compared, own.runId), columns)],
		alone,
	];
};

/** The live side of a build that has not run: each of its stages waits in a pane. */
export const plannedSide = (
	state: SessionState,
	{waiting}: DockerfilePlan,
	size: Size,
	options: {symbols: Symbols; tick: Tick},
): LiveSide => {
	const title = titleLine(state);
	const graph = graphPart(waiting, size, options);
	// As high as the title of a running build, so that nothing moves when it begins.
	const above = size.rows < 14 ? [title] : [title, []];
	const rest = {columns: size.columns, rows: size.rows - above.length - graph.length};
	const grid = gridPanes(waiting.length, rest);
	if (!grid) {
		const picture = graphLines(waiting, rest, {symbols: options.symbols, frame: 0});
		return {above, panes: [], lines: picture, below: []};
	}
	const panes = fillGrid(grid, waiting, (stage, pane) =>
		stagePane(stage, pane, {symbols: options.symbols, frame: 0, seconds: null}),
	);
	return {above: [...above, ...graph], panes, lines: [], below: []};
};

const titleLine = (state: SessionState): Line => {
	const builder = selectStep(state).builder ?? state.builder;
	const parts = [builderName(builder), ...stateWords(state)];
	return [
		span(taggedName(selectCommandLine(state) ?? ''), 'strong'),
		span(parts.map(part => ` · ${part}`).join('')),
	];
};

/** Empty if the build has run or was refused: the text beside it says why nothing is shown. */
const stateWords = (state: SessionState): string[] => {
	if (state.runningStepId === state.stepId) return [messages.tui.run.begins];
	return selectRun(state) ? [] : [messages.tui.run.notRunYet];
};
