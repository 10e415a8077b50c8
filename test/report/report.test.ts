import test from 'ava';
import {type DefaultTreeAdapterTypes, parse} from 'parse5';
import type {Verdict} from '../../source/checks/model.js';
import {createReport, type Report, type ReportChart} from '../../source/report/report.js';
import {reportHtml} from '../../source/report/report-html.js';
import {reportMarkdown} from '../../source/report/report-markdown.js';
import type {GivenAnswer} from '../../source/session/passed-steps.js';
import {type Action, reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import {askFirst} from '../tools/question-steps.js';
import {besideState, careful, careless} from '../tui/sample-beside.js';
import {finishedBuild, finishedRun, runningBuild} from '../tui/sample-runs.js';
import {sampleState} from '../tui/sample-state.js';

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
	const clean = elements(reportHtml(createReport(sampleState({runs: {build: finishedBuild}}), {at})));
	const html = reportHtml(createReport(hostileState(), {at}));
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
	const page = reportMarkdown(createReport(hostileState(), {at}));
	t.notRegex(page, /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
	// Outside code, every `<` that could open a tag is escaped.
	t.notRegex(page.replaceAll(/(`+)[^`][\s\S]*?[^`]\1(?!`)/g, ''), /(?<!\\)<[a-z/]/);
	const rows = page.split('\n').filter(line => line.startsWith('| '));
	for (const row of rows) t.true([5, 6].includes(row.match(/(?<!\\)\|/g)?.length ?? 0), row);
});

test('a report holds nothing that has to be fetched and forbids scripts', t => {
	const html = reportHtml(createReport(sampleState({runs: {build: finishedBuild}}), {at}));
	const names = elements(html).map(({tagName}) => tagName);
	for (const name of ['script', 'link', 'img', 'iframe']) t.false(names.includes(name), name);
	t.regex(html, /default-src (?:'|&#x27;)none/);
	t.notRegex(html, /url\(|@import|https?:/);
});

test('each stage that ran has a bar from its beginning to its end; one that did not has its status', t => {
	const chart: ReportChart = {
		title: 'docker build .',
		of: 'stages',
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
		passes: {build: {run: finishedBuild, verdict: passedRun, revealed: 0}},
		hints: {build: 1},
	});
	const report = createReport(state, {at});
	const step = report.chapters.flatMap(({steps}) => steps).find(({command}) => command !== null);
	t.is(step?.result, 'passed');
	for (const page of [reportHtml(report), reportMarkdown(report)]) {
		for (const words of [step?.command ?? '?', step?.took ?? '?', '1 hint used', '2026-11-24 01:02 UTC']) {
			t.true(page.includes(words), words);
		}
	}
});

const passedRun: Verdict = {
	verdict: 'passed',
	finding: 'passed',
	reason: 'It ran.',
	next: null,
	evidence: null,
};
const typed = (commandLine: string, verdict: Verdict | null): Action => ({
	action: 'show-run',
	view: {...finishedRun, runId: commandLine, stepId: 'run', commandLine, isTyped: true, verdict},
});
const judged: Action = {action: 'judge-step', stepId: 'run', verdict: passedRun, at: at.toISOString()};
const lookedAt: Action = {action: 'judge-step', stepId: 'port', verdict: passedRun, at: at.toISOString()};
const typedAtPort = (commandLine: string): Action => ({
	action: 'show-run',
	view: {...finishedRun, runId: commandLine, stepId: 'port', commandLine, isTyped: true, verdict: null},
});

const reports = test.macro((t, actions: Action[], stepTitle: string, expected: string | null) => {
	const state = actions.reduce(reduce, sampleState());
	const steps = createReport(state, {at}).chapters.flatMap(({steps}) => steps);
	t.is(steps.find(({title}) => title === stepTitle)?.command, expected);
});

test(
	'of a passed step the command that passed is reported, not what was typed afterwards',
	reports,
	[typed('docker run simple:build', passedRun), judged, typed('docker ps', null)],
	'Run what was built',
	'docker run simple:build',
);
test(
	'of two commands that passed it is the later one',
	reports,
	[typed('docker run one', passedRun), judged, typed('docker run two', passedRun), judged],
	'Run what was built',
	'docker run two',
);
test(
	'of a challenge it is the one that made it pass, however often it is judged again',
	reports,
	[typedAtPort('docker run -p 5000 whoami'), lookedAt, typedAtPort('docker ps'), lookedAt],
	'Serve it on a port of your own',
	'docker run -p 5000 whoami',
);
test(
	'of a step that has not passed it is the last one',
	reports,
	[typed('docker run one', null), typed('docker ps', null)],
	'Run what was built',
	'docker ps',
);

test('what was typed at a step that passed in an earlier session did not pass it', t => {
	const state = [typed('docker ps', null)].reduce(
		reduce,
		sampleState({passed: {run: {at: at.toISOString(), finding: 'passed'}}}),
	);
	const steps = createReport(state, {at}).chapters.flatMap(({steps}) => steps);
	t.like(
		steps.find(({title}) => title === 'Run what was built'),
		{result: 'passed', command: null, reason: 'Passed in an earlier session.'},
	);
});

test('a build stays among the builds when another command is typed after it', t => {
	const state = sampleState({
		runs: {build: {...finishedRun, stepId: 'build', commandLine: 'docker ps'}},
		passes: {build: {run: finishedBuild, verdict: passedRun, revealed: 0}},
	});
	t.deepEqual(
		createReport(state, {at}).charts.map(({title}) => title),
		[finishedBuild.commandLine],
	);
});

test('a command that still runs is not passed over', t => {
	const {summary} = createReport(sampleState({runs: {build: runningBuild}, runningStepId: 'build'}), {at});
	t.true(summary.includes('One command was still running when this was written.'));
	t.false(summary.includes('No command ran in this session.'));
});

const answersAs = test.macro(
	(t, finding: string | null, answer: GivenAnswer | null, result: string, reason: string | null) => {
		const stepId = 'which-stages';
		const state = sampleState({
			stepId,
			passed: finding === null ? {} : {[stepId]: {at: at.toISOString(), finding}},
			answers: answer === null ? {} : {[stepId]: answer},
		});
		const report = createReport({...state, workshop: askFirst(state.workshop)}, {at});
		t.like(report.chapters[0]?.steps[0], {result, reason});
	},
);

const right = ['words and the last one'];
test('a question that was never shown is open', answersAs, null, null, 'open', null);
test(
	'a question that was passed by was not answered',
	answersAs,
	'not-answered',
	null,
	'open',
	'Not answered.',
);
test(
	'a right answer is told',
	answersAs,
	'answered',
	{given: right, first: 'right'},
	'passed',
	'Answered right.',
);
test(
	'so is one that was right later',
	answersAs,
	'answered',
	{given: right, first: 'wrong'},
	'passed',
	'Answered right, but not at first.',
);
test(
	'and one that is wrong',
	answersAs,
	'answered',
	{given: ['All of them'], first: 'wrong'},
	'passed',
	'Not answered right yet.',
);

test('what was predicted is told with the result of its step', t => {
	const state = sampleState({
		passed: {build: {at: at.toISOString(), finding: 'passed'}},
		efforts: {build: {seconds: 1, attempts: 1, prediction: 'wrong'}},
	});
	const steps = createReport(state, {at}).chapters.flatMap(chapter => chapter.steps);
	t.true(steps.some(({reason}) => reason === 'Passed in an earlier session. Predicted wrong.'));
});

test('builds beside each other are one chart of their instructions, and what was gained', t => {
	const report = createReport(besideState([careless, careful]), {at});
	t.deepEqual(
		report.charts.map(({title, of, says}) => [title, of, says]),
		[
			[
				'“Build it again with BuildKit” and “Build it in a better order”, by instruction',
				'instructions',
				'0.6 s instead of 3.6 s: 6.0 times as fast as in “Build it again with BuildKit”.',
			],
		],
	);
	const page = reportMarkdown(report);
	t.regex(page, /\| Instruction \| Status \| Began \| Time \|/);
	t.regex(page, /\| RUN sleep 2; sed 's\/\^\/installing \/' packages.txt \| done \| 0.5 s \| 2.4 s \|/);
	t.regex(page, /\| COPY packages.txt .\/ \| cached \|/);
	const bars = elements(reportHtml(report)).filter(({tagName}) => tagName === 'rect');
	t.is(bars.length, 5);
});
