import {toHtml} from 'hast-util-to-html';
import {h} from 'hastscript';
import {chartPicture} from './chart-picture.js';
import type {Report, ReportStep} from './report.js';
import {reportStyles} from './report-styles.js';
import {resultWords} from './result-words.js';
import {splitCode} from './split-code.js';

/** The report as one HTML page that needs nothing else and runs nothing: no script, and none would be allowed. */
export const reportHtml = ({title, made, summary, chapters, charts, next}: Report): string => {
	const body = h('body', [
		h('h1', title),
		h('p', {className: 'made'}, `Made ${made}`),
		sentences(summary),
		...(charts.length > 0 ? [h('h2', 'What the builds took')] : []),
		...charts.map(chart =>
			h('figure', [
				h('figcaption', chart.title),
				chartPicture(chart),
				...(chart.says === null ? [] : [h('p', chart.says)]),
			]),
		),
		h('h2', 'What you did and learnt'),
		...chapters.flatMap(chapter => [h('h3', chapter.title), h('ol', chapter.steps.map(stepItem))]),
		h('h2', 'What to do next'),
		sentences(next),
	]);
	const head = h('head', [
		h('meta', {charSet: 'utf-8'}),
		h('meta', {
			httpEquiv: 'Content-Security-Policy',
			content: "default-src 'none'; style-src 'unsafe-inline'",
		}),
		h('meta', {name: 'viewport', content: 'width=device-width, initial-scale=1'}),
		h('meta', {name: 'color-scheme', content: 'light dark'}),
		h('title', `${title}: what was done and learnt`),
		h('style', reportStyles),
	]);
	return `<!doctype html>\n${toHtml(h('html', {lang: 'en'}, [head, body]))}\n`;
};

const sentences = (list: string[]) =>
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
			h('span', {className: 'result'}, `${marks[result]} ${resultWords[result]}`),
			...(took === null ? [] : [' ', h('small', took)]),
		]),
		...(command === null ? [] : [h('pre', h('code', command))]),
		...(reason === null ? [] : [h('p', reason)]),
	]);

/** As on the screen: no result is told by its colour alone. */
const marks: Record<ReportStep['result'], string> = {passed: '✔', failed: '✖', unknown: '?', open: '○'};
