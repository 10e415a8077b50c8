import {messages} from '../messages/index.js';
import type {BesideBuilds, ComparedTimelines} from '../session/select-builds.js';
import type {Timeline} from '../session/state.js';
import {cutToWidth, padToWidth, widthOf} from '../text/width.js';
import {cutLine, type Line, span, wrapLine} from './line.js';
import {type Symbols, statusStyles} from './symbols.js';
import {spacing} from './theme.js';
import {builderName, compareBeside, compareBuilders, formatSeconds} from './wording.js';

/** One build on a time axis. */
export const timelineLines = (timeline: Timeline, columns: number, symbols: Symbols): Line[] => {
	const axis = createAxis([timeline], columns);
	return [titleLine(timeline, symbols), ...barLines(timeline, axis, symbols), axisLine(axis)];
};

/** The builds of both builders on a shared time axis, one above the other, and a sentence that compares them. */
export const comparedLines = (
	compared: ComparedTimelines,
	columns: number,
	/** `shown`: the ID of the run that is shown; null if none is. */
	{symbols, shown}: {symbols: Symbols; shown: string | null},
): Line[] => {
	const {legacy, buildkit} = compared;
	const axis: Axis = createAxis([legacy, buildkit], columns);
	return [
		titleLine(legacy, symbols),
		...barLines(legacy, axis, symbols),
		titleLine(buildkit, symbols),
		...barLines(buildkit, axis, symbols),
		axisLine(axis),
		...wrapLine(comparedSentence(compared, shown), Math.min(columns, spacing.textColumns)),
	];
};

/**
 * A sentence that compares the builds of both builders. `shown`: the ID of the run that is shown; null if none is. If
 * it is neither of the two, the sentence says that they are earlier builds.
 */
export const comparedSentence = (compared: ComparedTimelines, shown: string | null): Line => {
	const isShown = shown === null || [compared.legacy, compared.buildkit].some(({runId}) => runId === shown);
	const older = isShown ? '' : `${messages.view.compared.fromLastBuilds} `;
	return [span(older, 'muted'), span(compareBuilders(compared))];
};

/** Builder, seconds, and how many stages ran. */
const titleLine = ({builder, seconds, stages}: Timeline, {separator}: Symbols): Line => {
	const count = (wanted: (status: Timeline['stages'][number]['status']) => boolean) =>
		stages.filter(({status}) => wanted(status)).length;
	const say = messages.view.timeline;
	const counts = [
		say.run(count(status => status === 'done' || status === 'failed')),
		...(['cached', 'skipped', 'cancelled'] as const).flatMap(wanted => {
			const total = count(status => status === wanted);
			return total > 0 ? [say[wanted](total)] : [];
		}),
	].join(', ');
	const rest = [formatSeconds(seconds), counts].map(part => ` ${separator} ${part}`).join('');
	return [span(builder ? builderName(builder) : say.heading, 'strong'), span(rest, 'muted')];
};

/** The instructions of one build on a time axis. */
export const instructionLines = (timeline: Timeline, columns: number, symbols: Symbols): Line[] => {
	const axis = createAxis([timeline], columns, instructionColumns(columns));
	return [
		instructionTitle(messages.view.timeline.byInstruction, timeline, columns, symbols),
		...barLines(timeline, axis, symbols),
		axisLine(axis),
	];
};

/**
 * The instructions of a build, below those of the build that it is set beside, on a shared time axis, and a sentence
 * that says what was gained. Only the sentence if the other build has not run.
 */
export const besideLines = (builds: BesideBuilds, columns: number, symbols: Symbols): Line[] => {
	const {earlier, step, before, after} = builds;
	if (!before) return besideSentence(builds, columns);
	const axis = createAxis([before, after], columns, instructionColumns(columns));
	return [
		instructionTitle(earlier.title, before, columns, symbols),
		...barLines(before, axis, symbols),
		instructionTitle(step.title, after, columns, symbols),
		...barLines(after, axis, symbols),
		axisLine(axis),
		...besideSentence(builds, columns),
	];
};

/** What a build gained over the one that it is set beside, or what to run to see that. */
export const besideSentence = (builds: BesideBuilds, columns: number): Line[] =>
	wrapLine([span(compareBeside(builds))], Math.min(columns, spacing.textColumns));

/** A title, the builder, its seconds, and how much came from the cache. */
const instructionTitle = (title: string, timeline: Timeline, columns: number, symbols: Symbols): Line => {
	const {builder, seconds, stages} = timeline;
	const cached = stages.filter(({status}) => status === 'cached').length;
	const parts = [
		...(builder ? [builderName(builder)] : []),
		formatSeconds(seconds),
		messages.view.timeline.ofCached(cached, stages.length),
	];
	const rest = parts.map(part => ` ${symbols.separator} ${part}`).join('');
	return cutLine([span(title, 'strong'), span(rest, 'muted')], columns);
};

type TimelineRow = Timeline['stages'][number];

/** Longer names of stages are cut. */
const longestName = 16;
/** Instructions get more room, but leave the larger part of a line to the bars. */
const instructionColumns = (columns: number): number => Math.min(32, Math.floor(columns * 0.4));
/** Columns for the time of a stage. */
const secondsColumns = 12;
/** Columns for a mark of the axis. */
const markColumns = 10;

/** A time axis: columns for the names, columns for the bars, and the seconds that the bars' columns represent. */
type Axis = {names: number; columns: number; seconds: number};

/**
 * A time axis for one or more timelines, long enough for the longest. `columns`: of the whole line; `most`: of a name.
 */
const createAxis = (timelines: Timeline[], columns: number, most = longestName): Axis => {
	const rows = timelines.flatMap(({stages}) => stages);
	const names = Math.min(most, Math.max(0, ...rows.map(({name}) => widthOf(name))));
	return {
		names,
		columns: Math.max(8, columns - names - 4 - secondsColumns),
		seconds: Math.max(0.1, ...rows.map(({ended}) => ended ?? 0)),
	};
};

/** A bar for each stage, from when it began to when it ended. A stage that did not run has its status in words. */
const barLines = ({stages}: Timeline, axis: Axis, symbols: Symbols): Line[] =>
	stages.map(row => {
		const {name, status} = row;
		const look = status === 'skipped' ? 'muted' : 'plain';
		return [
			span(`${symbols.status[status]} `, statusStyles[status]),
			span(`${padToWidth(cutToWidth(name, axis.names), axis.names)}  `, look),
			...barSpans(row, axis, symbols),
		];
	});

/** When a stage ran and how long, for its bar; null if it did not run or was not timed. */
export const stageBar = ({status, began, ended, seconds}: TimelineRow) =>
	began === null || ended === null || status === 'skipped' || status === 'cached'
		? null
		: {began, ended, took: formatSeconds(seconds ?? ended - began)};

const barSpans = (row: TimelineRow, axis: Axis, symbols: Symbols): Line => {
	const {status, reason} = row;
	const bar = stageBar(row);
	if (!bar) {
		const word = messages.view.statuses[status];
		const words =
			reason === null || status === 'cached' ? word : messages.view.statusWithReason(word, reason);
		return [span(status === 'done' && reason ? reason : words, 'muted')];
	}
	const at = (second: number) => Math.round((second / axis.seconds) * axis.columns);
	const length = Math.max(1, at(bar.ended) - at(bar.began));
	const start = Math.min(at(bar.began), axis.columns - length);
	return [
		span(' '.repeat(start)),
		span(symbols.span.repeat(length), statusStyles[status]),
		span(' '.repeat(axis.columns - start - length)),
		span(bar.took.padStart(secondsColumns)),
	];
};

/** The seconds below the bars. */
const axisLine = ({names, columns, seconds}: Axis): Line => {
	let marks = '';
	for (const mark of axisMarks(seconds, (markColumns / columns) * seconds)) {
		const at = Math.round((mark / seconds) * columns);
		marks = `${marks.padEnd(at)}${messages.view.timeline.mark(mark)}`;
	}
	return [span(`${' '.repeat(names + 4)}${marks}`, 'muted')];
};

/** The possible distances between two marks, in seconds. The first one that leaves room for the words is used. */
const markIntervals = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];

/** The seconds that are marked on a time axis. `least`: the shortest distance between two marks, in seconds. */
export const axisMarks = (seconds: number, least: number): number[] => {
	const step = markIntervals.find(candidate => candidate >= least) ?? seconds;
	return Array.from({length: Math.floor(seconds / step) + 1}, (_, index) =>
		Number((index * step).toFixed(1)),
	);
};
