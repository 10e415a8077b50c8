import type {PhrasingContent, Root, RootContent, TableRow} from 'mdast';
import {gfmToMarkdown} from 'mdast-util-gfm';
import {toMarkdown} from 'mdast-util-to-markdown';
import {messages} from '../messages/index.js';
import {splitCode} from '../view/line.js';
import type {Report, ReportBars, ReportChart, ReportStep} from './report.js';

/** The report as a Markdown page. Its texts are escaped, so that nothing in them counts as Markdown. */
export const reportMarkdown = ({title, made, summary, chapters, charts, next}: Report): string => {
	const {headings} = messages.report;
	const page: Root = {
		type: 'root',
		children: [
			heading(1, title),
			paragraph([text(made)]),
			list(summary),
			...(charts.length > 0 ? [heading(2, headings.builds), ...charts.flatMap(chartContent)] : []),
			heading(2, headings.steps),
			...chapters.flatMap(chapter => [heading(3, chapter.title), stepTable(chapter.steps)]),
			heading(2, headings.next),
			list(next),
		],
	};
	return toMarkdown(page, {extensions: [gfmToMarkdown({tablePipeAlign: false})], bullet: '-'});
};

export const text = (value: string): PhrasingContent => ({type: 'text', value});

export const heading = (depth: 1 | 2 | 3 | 4, words: string): RootContent => ({
	type: 'heading',
	depth,
	children: [text(words)],
});

export const paragraph = (children: PhrasingContent[]) => ({type: 'paragraph' as const, children});

/** A list of sentences. What is in backticks becomes code. */
export const list = (sentences: string[]): RootContent => ({
	type: 'list',
	spread: false,
	children: sentences.map(sentence => ({
		type: 'listItem',
		children: [
			paragraph(
				splitCode(sentence).map(({value, isCode}) => ({type: isCode ? 'inlineCode' : 'text', value})),
			),
		],
	})),
});

export const table = (rows: PhrasingContent[][][]): RootContent => ({
	type: 'table',
	children: rows.map(
		(cells): TableRow => ({
			type: 'tableRow',
			children: cells.map(children => ({type: 'tableCell', children})),
		}),
	),
});

const stepTable = (steps: ReportStep[]): RootContent =>
	table([
		messages.report.stepColumns.map(words => [text(words)]),
		...steps.map(({title, result, command, took, reason}) => [
			[text(title)],
			[text(messages.view.verdicts[result])],
			command === null ? [] : [{type: 'inlineCode' as const, value: command}],
			took === null ? [] : [text(took)],
			reason === null ? [] : [text(reason)],
		]),
	]);

export const chartContent = ({title, of, builds, says}: ReportChart): RootContent[] => [
	heading(3, title),
	...builds.flatMap(build => buildContent(build, messages.report.barColumns[of])),
	...(says === null ? [] : [paragraph([text(says)])]),
];

const buildContent = ({title, bars}: ReportBars, columns: string[]): RootContent[] => [
	paragraph([{type: 'strong', children: [text(title)]}]),
	table([
		columns.map(words => [text(words)]),
		...bars.map(({name, status, began, took}) => [
			[text(name)],
			[text(messages.view.statuses[status])],
			began === null ? [] : [text(messages.view.seconds.tenths(began))],
			began === null ? [] : [text(took)],
		]),
	]),
];
