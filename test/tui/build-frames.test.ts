import process from 'node:process';
import test from 'ava';
import {reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import type {Step} from '../../source/workshop/model.js';
import {crookedBorders} from './crooked-borders.js';
import {openEmulated} from './open-emulated.js';
import {besideState, careful, careless} from './sample-beside.js';
import {legacyTimeline, plannedBuild, samplePlan} from './sample-plans.js';
import {sampleState} from './sample-state.js';

// The last page tells a command as the program was started, whatever started these tests.
Object.assign(process.env, {npm_execpath: 'npx-cli.js', npm_lifecycle_event: 'npx'});

const passed = {at: '2026-01-02T03:04:05Z', finding: 'passed'};

/** The sample session, in which the step asks which stages will run. */
const predicting = (more: Partial<SessionState>): SessionState => {
	const state = sampleState({plans: {build: samplePlan}, ...more});
	const asks = (step: Step): Step =>
		step.id === 'build' ? {...step, predict: {about: 'stages', resolves: null}} : step;
	const chapters = state.workshop.chapters.map(chapter => ({...chapter, steps: chapter.steps.map(asks)}));
	return {...state, workshop: {...state.workshop, chapters}};
};

const over = (more: Partial<SessionState> = {}) =>
	reduce(predicting({passed: {build: passed}, ...more}), {action: 'show-run', view: plannedBuild});

const compared: Partial<SessionState> = {
	timelines: {
		'simple/Dockerfile final': {
			dockerfile: 'simple/Dockerfile',
			target: 'final',
			text: samplePlan.text,
			legacy: legacyTimeline,
			buildkit: null,
		},
	},
};

/** Brings the live side into sight where there is room for one side alone. */
const tab = '\t';

/** `press`: what brings the screen about; `has` stands on it at every size, `lacks` on none. */
const screens: Record<string, {state: SessionState; press?: string; has: string; lacks?: string}> = {
	'a planned build': {state: predicting({predictions: {build: ['base', 'final']}}), has: 'enter run'},
	'its live side': {
		state: predicting({predictions: {build: ['base', 'final']}}),
		press: tab,
		has: 'has not run',
	},
	'a right prediction': {
		state: over({predictions: {build: ['base', 'build', 'final']}}),
		press: tab,
		has: 'You saw it coming',
	},
	'a wrong prediction': {
		state: over({predictions: {build: ['base', 'test', 'final']}}),
		press: tab,
		has: 'about 2 of 4 stages',
	},
	'a timeline': {state: over(), press: 't', has: '3 stages run, 1 skipped', lacks: '─▶'},
	'two timelines': {state: over(compared), press: 't', has: '2.3 times as', lacks: '─▶'},
	'a build beside another': {
		state: besideState([careless, careful]),
		press: tab,
		has: '6.0 times as fast',
	},
	'its instructions': {
		state: besideState([careless, careful]),
		press: 't',
		has: 'cached',
		lacks: '╭ final',
	},
	'a build beside one that has not run': {
		state: besideState([careful]),
		press: tab,
		has: 'has not passed',
	},
	'the end of builds beside each other': {
		state: besideState([careless, careful], {screen: 'end'}),
		has: 'enter leave',
	},
	'the end': {state: {...over(compared), screen: 'end'}, has: 'enter leave'},
};

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 50, rows: 14},
];

for (const {columns, rows} of sizes) {
	for (const [name, {state, press, has, lacks}] of Object.entries(screens)) {
		test.serial(`${name} at ${columns}×${rows}`, async t => {
			const screen = openEmulated(t, state, {columns, rows});
			await screen.waitFor('enter ');
			if (press && (press !== tab || columns < 60)) screen.press(press);
			const lines = await screen.waitUntil(
				found => found.join('\n').includes(has) && !(lacks && found.join('\n').includes(lacks)),
				`${has}, without ${lacks ?? 'exception'}`,
			);
			t.is(lines.at(-1), '', 'the last row of the terminal stays empty');
			t.deepEqual(crookedBorders(screen, {columns, rows}), []);
			t.snapshot(lines.join('\n').trimEnd());
		});
	}
}

test('t leaves the timeline again', async t => {
	const screen = openEmulated(t, over(), {columns: 80, rows: 24});
	await screen.waitFor('t timeline');
	screen.press('t');
	await screen.waitFor('1 skipped');
	screen.press('t');
	const lines = await screen.waitFor('╭ base');
	t.false(lines.join('\n').includes('1 skipped'));
});

test('a digit expects a stage, enter runs all the same', async t => {
	const screen = openEmulated(t, predicting({}), {columns: 120, rows: 36});
	await screen.waitFor('1 [ ] base');
	screen.press('3');
	screen.press('9');
	screen.press('\r');
	await screen.waitUntil(() => screen.sent.length > 1, 'two intents');
	t.deepEqual(screen.sent, [{intent: 'tick', place: 3}, {intent: 'go-on'}]);
});

test('nothing can be predicted once the build has run', async t => {
	const screen = openEmulated(t, over(), {columns: 120, rows: 36});
	const lines = await screen.waitFor('enter next step');
	t.notRegex(lines.join('\n'), /Which stages|predict/);
	screen.press('1');
	screen.press('\r');
	await screen.waitUntil(() => screen.sent.length > 0, 'an intent');
	t.deepEqual(screen.sent, [{intent: 'go-on'}]);
});
