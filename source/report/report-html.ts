import {toHtml} from 'hast-util-to-html';
import {h, s} from 'hastscript';
import {messages} from '../messages/index.js';
import {splitCode} from '../view/line.js';
import {axisMarks} from '../view/timeline-lines.js';
import type {Report, ReportBars, ReportChart, ReportStep} from './report.js';

/** The report as one self-contained HTML page. It has no scripts, and its content security policy allows none. */
export const reportHtml = ({title, made, summary, chapters, charts, next}: Report): string => {
	const {headings, pageTitle} = messages.report;
	const body = h('body', [
		h('h1', title),
		h('p', {className: 'made'}, made),
		sentences(summary),
		...(charts.length > 0 ? [h('h2', headings.builds)] : []),
		...charts.map(chart =>
			h('figure', [
				h('figcaption', chart.title),
				chartPicture(chart),
				...(chart.says === null ? [] : [h('p', chart.says)]),
			]),
		),
		h('h2', headings.steps),
		...chapters.flatMap(chapter => [h('h3', chapter.title), h('ol', chapter.steps.map(stepItem))]),
		h('h2', headings.next),
		sentences(next),
	]);
	return htmlPage(pageTitle(title), body);
};

/** A page that needs nothing else and runs nothing. `styles`: besides those of the report. */
export const htmlPage = (title: string, body: ReturnType<typeof h>, styles = ''): string => {
	const head = h('head', [
		h('meta', {charSet: 'utf-8'}),
		h('meta', {
			httpEquiv: 'Content-Security-Policy',
			content: "default-src 'none'; style-src 'unsafe-inline'",
		}),
		h('meta', {name: 'viewport', content: 'width=device-width, initial-scale=1'}),
		h('meta', {name: 'color-scheme', content: 'light dark'}),
		h('title', title),
		h('style', reportStyles + styles),
	]);
	return `<!doctype html>\n${toHtml(h('html', {lang: messages.report.language}, [head, body]))}\n`;
};

export const sentences = (list: string[]) =>
	h(
		'ul',
		list.map(sentence =>
			h(
				'li',
				splitCode(sentence).map(({value, isCode}) => (isCode ? h('code', value) : value)),
			),
		),
	);

const stepItem = ({title, result, command, reason, took}: ReportStep) =>
	h('li', {className: result}, [
		h('p', {className: 'title'}, [
			h('b', title),
			' ',
			h('span', {className: 'result'}, `${resultMarks[result]} ${messages.view.verdicts[result]}`),
			...(took === null ? [] : [' ', h('small', took)]),
		]),
		...(command === null ? [] : [h('pre', h('code', command))]),
		...(reason === null ? [] : [h('p', reason)]),
	]);

/** As on the screen, colour is never the only sign of a result. */
const resultMarks: Record<ReportStep['result'], string> = {passed: '✔', failed: '✖', unknown: '?', open: '○'};

/** The styles of the HTML report: light or dark as the reader's system is, and for print. */
const reportStyles = `
:root { color-scheme: light dark; --text: #1f2328; --ground: #fff; --muted: #59636e; --faint: #d1d9e0; --code: #f0f2f5; --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --ground: #15181d; --muted: #9aa4b0; --faint: #363d47; --code: #232830; --good: #4ac26b; --bad: #ff7b72; --warn: #d4a72c; } }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground); overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; }
h1 { margin-bottom: 0.3rem; }
h2 { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--faint); }
h3 { margin: 2rem 0 0.8rem; }
p { margin: 0.3rem 0; }
.made, small, figcaption { color: var(--muted); }
ul { padding-left: 1.2rem; }
ol { padding-left: 1.6rem; }
ol li { margin: 1rem 0; break-inside: avoid; }
ol li.open { margin: 0.4rem 0; }
ol li::marker { color: var(--muted); }
.title { display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.title small { margin-left: auto; }
code { font: 0.9em ui-monospace, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; }
pre { margin: 0.3rem 0; padding: 0.4rem 0.6rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }
pre code { padding: 0; }
.result { color: var(--muted); }
.passed .result { color: var(--good); }
.failed .result { color: var(--bad); }
.unknown .result { color: var(--warn); }
figure { margin: 2rem 0; break-inside: avoid; }
figcaption { margin-bottom: 0.5rem; font: 0.9em ui-monospace, Menlo, Consolas, monospace; }
svg { display: block; width: 100%; height: auto; font: 14px system-ui, sans-serif; fill: var(--text); }
svg .build { font-weight: 600; }
svg .time, svg .axis { fill: var(--muted); }
svg .axis { font-size: 12px; text-anchor: middle; }
svg .mark { stroke: var(--faint); }
svg rect { fill: var(--good); }
svg rect.failed { fill: var(--bad); }
svg rect.cancelled { fill: var(--warn); }
@media print { body { max-width: none; margin: 0; } svg rect { print-color-adjust: exact; } }
`.trim();

/** The width of a chart in its own units. It is scaled to the width of the page. */
const pictureWidth = 720;
/** For names of stages; instructions are longer. */
const nameWidths: Record<ReportChart['of'], number> = {stages: 130, instructions: 260};
/** For a letter of a name, about. */
const letterWidth = 8;
/** For the time after the longest bar. */
const timeWidth = 90;
const rowHeight = 24;
/** Between two builds. */
const buildGap = 12;
/** The least width between two marks of the axis. */
const markWidth = 70;

/** A time axis. `nameWidth`: for the names before it; `at`: the horizontal position of a second. */
type Axis = {nameWidth: number; at: (second: number) => number};

/** The stages of one or more builds as bars on one time axis. */
export const chartPicture = ({title, of, builds}: ReportChart) => {
	const nameWidth = nameWidths[of];
	const seconds = Math.max(0.1, ...builds.flatMap(({bars}) => bars.map(({ended}) => ended ?? 0)));
	const barsWidth = pictureWidth - nameWidth - timeWidth;
	const axis: Axis = {nameWidth, at: second => nameWidth + (second / seconds) * barsWidth};
	let top = -buildGap;
	const parts = builds.map(build => {
		const part = buildParts(build, top + buildGap, axis);
		top += buildGap + (build.bars.length + 1) * rowHeight;
		return part;
	});
	const marks = axisMarks(seconds, (markWidth / barsWidth) * seconds);
	return s('svg', {viewBox: `0 0 ${pictureWidth} ${top + rowHeight}`, role: 'img', ariaLabel: title}, [
		...marks.flatMap(mark => markParts(mark, top, axis)),
		...parts.flat(),
	]);
};

/** A vertical line behind the bars, and its second below them. */
const markParts = (mark: number, bottom: number, {at}: Axis) => [
	s('path', {className: 'mark', d: `M${at(mark).toFixed(1)} ${rowHeight}V${bottom + 4}`}),
	s('text', {className: 'axis', x: at(mark).toFixed(1), y: bottom + 18}, messages.view.timeline.mark(mark)),
];

const buildParts = ({title, bars}: ReportBars, top: number, {nameWidth, at}: Axis) => [
	s('text', {className: 'build', x: 0, y: top + 17}, title),
	...bars.flatMap(({name, status, began, ended, took}, index) => {
		const y = top + (index + 1) * rowHeight;
		const start = at(began ?? 0);
		const length = Math.max(2, at(ended ?? 0) - start);
		const isBar = began !== null && ended !== null;
		return [
			s('text', {x: 0, y: y + 17}, shorten(name, Math.floor(nameWidth / letterWidth))),
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

/** Shortens a name, which would otherwise run under the bars. */
const shorten = (name: string, most: number): string => {
	const letters = [...name];
	return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
};
