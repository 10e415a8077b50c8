import type {Timeline} from '../../session/perform/keep-timelines.js';
import {cutToWidth, padToWidth, widthOf} from '../../text/width.js';
import {statusStyles} from '../status-style.js';
import type {Symbols} from '../symbols.js';
import {formatSeconds} from '../text/format-seconds.js';
import {type Line, span} from '../text/line.js';
import {axisMarks} from './axis-marks.js';

type Row = Timeline['stages'][number];

/** Longer names are cut. */
const longestName = 16;
/** Columns of a stage's seconds. */
const secondsColumns = 12;
/** Columns that a mark of the axis needs. */
const markColumns = 10;

/** Where bars begin and how long a second is. */
export type Axis = {names: number; columns: number; seconds: number};

/** One axis for all of them: long enough for the longest. `columns`: of the whole line. */
export const axisFor = (timelines: Timeline[], columns: number): Axis => {
	const rows = timelines.flatMap(({stages}) => stages);
	const names = Math.min(longestName, Math.max(0, ...rows.map(({name}) => widthOf(name))));
	return {
		names,
		columns: Math.max(8, columns - names - 4 - secondsColumns),
		seconds: Math.max(0.1, ...rows.map(({ended}) => ended ?? 0)),
	};
};

/** A bar for each stage, from when it began to when it ended. What did not run has its status in words. */
export const barLines = ({stages}: Timeline, axis: Axis, symbols: Symbols): Line[] =>
	stages.map(row => {
		const {name, status} = row;
		const look = status === 'skipped' ? 'muted' : 'plain';
		return [
			span(`${symbols.status[status]} `, statusStyles[status]),
			span(`${padToWidth(cutToWidth(name, axis.names), axis.names)}  `, look),
			...barSpans(row, axis, symbols),
		];
	});

const barSpans = ({status, began, ended, seconds, reason}: Row, axis: Axis, symbols: Symbols): Line => {
	if (began === null || ended === null || status === 'skipped' || status === 'cached') {
		const words = reason === null || status === 'cached' ? status : `${status}: ${reason}`;
		return [span(status === 'done' && reason ? reason : words, 'muted')];
	}
	const at = (second: number) => Math.round((second / axis.seconds) * axis.columns);
	const length = Math.max(1, at(ended) - at(began));
	const start = Math.min(at(began), axis.columns - length);
	return [
		span(' '.repeat(start)),
		span(symbols.span.repeat(length), statusStyles[status]),
		span(' '.repeat(axis.columns - start - length)),
		span(formatSeconds(seconds ?? ended - began).padStart(secondsColumns)),
	];
};

/** The seconds below the bars. */
export const axisLine = ({names, columns, seconds}: Axis): Line => {
	let marks = '';
	for (const mark of axisMarks(seconds, (markColumns / columns) * seconds)) {
		const at = Math.round((mark / seconds) * columns);
		marks = `${marks.padEnd(at)}${mark} s`;
	}
	return [span(`${' '.repeat(names + 4)}${marks}`, 'muted')];
};
