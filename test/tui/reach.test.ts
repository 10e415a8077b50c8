import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {keys} from '../tools/terminal.js';
import {openEmulated} from './open-emulated.js';
import {samplePlan} from './sample-plans.js';
import {finishedBuild, finishedRun} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const wide = {columns: 120, rows: 36};
const low = {columns: 80, rows: 24};

/** A challenge that is judged by more commands than a low screen has rows for. */
const extra = (more: Partial<SessionState> = {}): SessionState => {
	const state = sampleState({stepId: 'port', ...more});
	const judge = Array.from({length: 12}, (_, index) => ({
		run: `docker build -t own:${index + 1} .`,
		edit: null,
		checks: [],
	}));
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => (step.id === 'port' ? {...step, optional: true, judge} : step)),
	}));
	return {...state, workshop: {...state.workshop, chapters}};
};

test.serial('at 80×24 every command of an extra challenge can be scrolled to', async t => {
	const screen = openEmulated(t, extra(), low);
	const before = await screen.waitFor('at the end of the text');
	t.false(before.join('\n').includes('own:12 .'));
	screen.press(keys.pageDown.repeat(20));
	t.true((await screen.waitFor('own:12 .')).join('\n').includes('▲'));
});

test.serial('at 80×24 what is said on an extra challenge stays in sight', async t => {
	const screen = openEmulated(t, extra({notice: 'Nothing was run.'}), low);
	t.true((await screen.waitFor('! Nothing was run.')).join('\n').includes('at the end of the text'));
});

test.serial('a verdict that is longer than its side can be scrolled', async t => {
	const reason = Array.from({length: 200}, (_, index) => `word-${index}`).join(' ');
	const verdict = {verdict: 'failed', finding: 'x', reason, next: null, evidence: null} as const;
	const screen = openEmulated(t, sampleState({stepId: 'port', challenges: {port: verdict}}), low);
	await screen.waitFor('more');
	screen.press(keys.tab + keys.pageDown.repeat(9));
	t.true((await screen.waitFor('word-199')).join('\n').includes('above'));
});

const told = 'What you did and learnt is in /home/ada/multi-stage-report.html.';
const ended = (more: Partial<SessionState> = {}) =>
	sampleState({
		screen: 'end',
		runs: Object.fromEntries(['build', 'run', 'sizes'].map(id => [id, {...finishedBuild, stepId: id}])),
		...more,
	});

test.serial('a report that was written is told of however far the last page is scrolled', async t => {
	const screen = openEmulated(t, ended(), low);
	await screen.waitFor('more');
	screen.press(keys.pageDown.repeat(9));
	await screen.waitUntil(rows => !rows.join('\n').includes(' more'), 'its end');
	screen.show(ended({notice: told, isGoodNews: true}));
	t.true((await screen.waitFor(`✔ ${told}`)).join('\n').includes('above'));
	screen.press(keys.pageUp.repeat(9));
	t.true((await screen.waitFor('The end of the workshop.')).join('\n').includes(`✔ ${told}`));
});

test.serial('the welcome keeps what it has to tell in sight', async t => {
	const findings = Array.from({length: 9}, (_, index) => ({
		id: (['node', 'engine', 'images', 'ports', 'curl', 'disk', 'names', 'builder', 'buildkit'] as const)[
			index
		] as 'node',
		verdict: 'failed' as const,
		reason: `It is wrong for the ${index + 1}th time.`,
		next: 'put it right',
	}));
	const state = sampleState({screen: 'welcome', findings, notice: 'Another copy of the program runs.'});
	const screen = openEmulated(t, state, low);
	await screen.waitFor('! Another copy of the program runs.');
	screen.press(keys.pageDown.repeat(9));
	t.true((await screen.waitFor('9th time')).join('\n').includes('! Another copy of the program runs.'));
});

for (const size of [wide, low]) {
	const name = `${size.columns}×${size.rows}`;

	test.serial(`tab marks what has the scroll keys where there is one pane, at ${name}`, async t => {
		const screen = openEmulated(t, sampleState({stepId: 'run', runs: {run: finishedRun}}), size);
		t.false((await screen.waitFor('Run what was built')).join('\n').includes('▸'));
		screen.press(keys.tab);
		await screen.waitFor('▸ docker run simple:build');
		screen.press(keys.tab);
		t.false((await screen.waitFor('▸3/5  Run what was built')).join('\n').includes('▸ docker'));
	});

	test.serial(`tab marks the text where there is no pane, at ${name}`, async t => {
		const screen = openEmulated(t, sampleState({stepId: 'read'}), size);
		t.false((await screen.waitFor('Where to look things up')).join('\n').includes('▸1/1'));
		screen.press(keys.tab);
		await screen.waitFor('▸1/1  Where to look things up');
	});

	test.serial(`the Dockerfile and the timeline say how to leave them, at ${name}`, async t => {
		const state = sampleState({plans: {build: samplePlan}, runs: {build: finishedBuild}});
		const screen = openEmulated(t, state, size);
		await screen.waitFor('t timeline');
		screen.press('d');
		await screen.waitFor('d text');
		screen.press(keys.escape);
		await screen.waitUntil(rows => !rows.join('\n').includes('d text'), 'the text');
		screen.press('t');
		await screen.waitFor('t panes');
		screen.press(keys.escape);
		const rows = await screen.waitUntil(lines => !lines.join('\n').includes('t panes'), 'the panes');
		t.regex(rows.join('\n'), /╭ base [\s\S]*t timeline/);
	});
}
