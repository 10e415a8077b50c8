import test from 'ava';
import {type DefaultTreeAdapterTypes, parse} from 'parse5';
import type {SessionState} from '../../source/session/state.js';
import {type Report, reportOf} from '../../source/ui/report/report.js';
import {reportHtml} from '../../source/ui/report/report-html.js';
import {reportMarkdown} from '../../source/ui/report/report-markdown.js';
import {finishedBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const at = new Date('2026-11-24T01:02:03Z');
const hostile =
	'\u001B]0;title\u0007</code><script>alert(1)</script> | <img src=x onerror=alert(1)> \u202E`#`';

const elements = (html: string): DefaultTreeAdapterTypes.Element[] => {
	const problems: string[] = [];
	const document = parse(html, {onParseError: ({code}) => problems.push(code)});
	if (problems.length > 0) throw new Error(problems.join(', '));
	const inside = (node: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Element[] => [
		...('tagName' in node ? [node] : []),
		...('childNodes' in node ? node.childNodes.flatMap(inside) : []),
	];
	return inside(document);
};

const hostileState = (): SessionState =>
	sampleState({
		screen: 'end',
		runs: {
			build: {
				...finishedBuild,
				commandLine: hostile,
				build: finishedBuild.build && {
					...finishedBuild.build,
					stages: finishedBuild.build.stages.map(stage => ({...stage, name: hostile})),
				},
				verdict: {verdict: 'failed', finding: 'x', reason: hostile, next: null, evidence: null},
			},
		},
	});

test('hostile text is text in the HTML report: no element, attribute or control character comes of it', t => {
	const clean = elements(reportHtml(reportOf(sampleState({runs: {build: finishedBuild}}), {at})));
	const html = reportHtml(reportOf(hostileState(), {at}));
	const all = elements(html);
	t.deepEqual(
		[...new Set(all.map(({tagName}) => tagName))].sort(),
		[...new Set([...clean.map(({tagName}) => tagName), 'small'])].sort(),
	);
	t.deepEqual(
		all.flatMap(({attrs}) => attrs).filter(({name}) => name.startsWith('on') || name === 'src'),
		[],
	);
	t.true(html.includes('&#x3C;script>alert(1)') || html.includes('&lt;script'));
	t.notRegex(html, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
});

test('hostile text is text in the Markdown report: no HTML, no column, no heading comes of it', t => {
	const page = reportMarkdown(reportOf(hostileState(), {at}));
	t.notRegex(page, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
	// Outside code, every `<` that could open a tag is escaped.
	t.notRegex(page.replaceAll(/(`+)[^`][\s\S]*?[^`]\1(?!`)/g, ''), /(?<!\\)<[a-z/]/);
	const rows = page.split('\n').filter(line => line.startsWith('| '));
	for (const row of rows) t.true([5, 6].includes(row.match(/(?<!\\)\|/g)?.length ?? 0), row);
});

test('a report holds nothing that has to be fetched and forbids scripts', t => {
	const html = reportHtml(reportOf(sampleState({runs: {build: finishedBuild}}), {at}));
	const names = elements(html).map(({tagName}) => tagName);
	for (const name of ['script', 'link', 'img', 'iframe']) t.false(names.includes(name), name);
	t.regex(html, /default-src (?:'|&#x27;)none/);
	t.notRegex(html, /url\(|@import|https?:/);
});

test('each stage that ran has a bar from its beginning to its end; one that did not has its status', t => {
	const chart = {
		title: 'docker build .',
		says: null,
		builds: [
			{
				title: 'BuildKit, 4.0 s',
				bars: [
					{name: 'left', status: 'done', began: 0, ended: 2, took: '2.0 s'},
					{name: 'right', status: 'failed', began: 1, ended: 4, took: '3.0 s'},
					{name: 'test', status: 'skipped', began: null, ended: null, took: 'skipped'},
				],
			},
		],
	};
	const report: Report = {title: 'T', made: 'now', summary: [], chapters: [], charts: [chart], next: []};
	const bars = elements(reportHtml(report))
		.filter(({tagName}) => tagName === 'rect')
		.map(({attrs}) => Object.fromEntries(attrs.map(({name, value}) => [name, value])));
	const [left, right] = bars;
	t.is(bars.length, 2);
	t.deepEqual([left?.class, right?.class], ['done', 'failed']);
	t.is(Number(right?.x) - Number(left?.x), Number(left?.width) / 2);
	t.is(Number(right?.width), Number(left?.width) * 1.5);
});

test('a passed step, its command, time and reason stand in both', t => {
	const state = sampleState({
		runs: {build: finishedBuild},
		passed: {build: {at: at.toISOString(), finding: 'passed'}},
		hints: {build: 1},
	});
	const report = reportOf(state, {at});
	const step = report.chapters.flatMap(({steps}) => steps).find(({command}) => command !== null);
	t.is(step?.result, 'passed');
	for (const page of [reportHtml(report), reportMarkdown(report)]) {
		for (const words of [step?.command ?? '?', step?.took ?? '?', '1 hint used', '2026-11-24 01:02 UTC']) {
			t.true(page.includes(words), words);
		}
	}
});
