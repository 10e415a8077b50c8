import {s} from 'hastscript';
import {axisMarks} from '../graph/axis-marks.js';
import type {ReportBars, ReportChart} from './report.js';

/** Units of the picture, which is as wide as the page. */
const width = 720;
const nameWidth = 130;
/** What stands behind the longest bar. */
const timeWidth = 90;
const rowHeight = 24;
/** Between two builds. */
const gap = 12;
/** What a mark of the axis needs. */
const markWidth = 70;

/** Where a second is. */
type Axis = {seconds: number; at: (second: number) => number};

/** The stages of one or more builds as bars on one time axis. */
export const chartPicture = ({title, builds}: ReportChart) => {
	const seconds = Math.max(0.1, ...builds.flatMap(({bars}) => bars.map(({ended}) => ended ?? 0)));
	const barsWidth = width - nameWidth - timeWidth;
	const axis: Axis = {seconds, at: second => nameWidth + (second / seconds) * barsWidth};
	let top = -gap;
	const parts = builds.map(build => {
		const part = buildParts(build, top + gap, axis);
		top += gap + (build.bars.length + 1) * rowHeight;
		return part;
	});
	const marks = axisMarks(seconds, (markWidth / barsWidth) * seconds);
	return s('svg', {viewBox: `0 0 ${width} ${top + rowHeight}`, role: 'img', ariaLabel: title}, [
		...marks.flatMap(mark => markParts(mark, top, axis)),
		...parts.flat(),
	]);
};

/** A line behind the bars, and its second below them. */
const markParts = (mark: number, bottom: number, {at}: Axis) => [
	s('path', {className: 'mark', d: `M${at(mark).toFixed(1)} ${rowHeight}V${bottom + 4}`}),
	s('text', {className: 'axis', x: at(mark).toFixed(1), y: bottom + 18}, `${mark} s`),
];

const buildParts = ({title, bars}: ReportBars, top: number, {at}: Axis) => [
	s('text', {className: 'build', x: 0, y: top + 17}, title),
	...bars.flatMap(({name, status, began, ended, took}, index) => {
		const y = top + (index + 1) * rowHeight;
		const start = at(began ?? 0);
		const length = Math.max(2, at(ended ?? 0) - start);
		const isBar = began !== null && ended !== null;
		return [
			s('text', {x: 0, y: y + 17}, shorten(name)),
			...(isBar
				? [
						s('rect', {
							className: status,
							x: start.toFixed(1),
							y: y + 4,
							width: length.toFixed(1),
							height: rowHeight - 8,
							rx: 3,
						}),
					]
				: []),
			s(
				'text',
				{className: 'time', x: (isBar ? start + length : nameWidth).toFixed(1), dx: 8, y: y + 17},
				took,
			),
		];
	}),
];

/** A name of any length would lie under the bars. */
const shorten = (name: string): string => {
	const letters = [...name];
	return letters.length > 16 ? `${letters.slice(0, 15).join('')}…` : name;
};
