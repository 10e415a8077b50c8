import {s} from 'hastscript';
import type {ReportBars, ReportChart} from './report.js';

/** Units of the picture, which is as wide as the page. */
const width = 720;
const nameWidth = 130;
const timeWidth = 110;
const rowHeight = 24;

/** The stages of one or more builds as bars on one time axis. */
export const chartPicture = ({title, builds}: ReportChart) => {
	const seconds = Math.max(0.1, ...builds.flatMap(({bars}) => bars.map(({ended}) => ended ?? 0)));
	const height = builds.reduce((sum, {bars}) => sum + (bars.length + 1) * rowHeight, 0);
	let top = 0;
	const parts = builds.flatMap(build => {
		const part = buildParts(build, top, seconds);
		top += (build.bars.length + 1) * rowHeight;
		return part;
	});
	return s('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', ariaLabel: title}, parts);
};

const buildParts = ({title, bars}: ReportBars, top: number, seconds: number) => [
	s('text', {className: 'build', x: 0, y: top + 17}, title),
	...bars.flatMap(({name, status, began, ended, took}, index) => {
		const y = top + (index + 1) * rowHeight;
		const at = (second: number) => nameWidth + (second / seconds) * (width - nameWidth - timeWidth);
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
			s('text', {className: 'time', x: (isBar ? start + length + 8 : nameWidth).toFixed(1), y: y + 17}, took),
		];
	}),
];

/** A name of any length would lie under the bars. */
const shorten = (name: string): string => {
	const letters = [...name];
	return letters.length > 16 ? `${letters.slice(0, 15).join('')}…` : name;
};
