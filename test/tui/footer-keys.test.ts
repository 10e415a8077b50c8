import test, {type ExecutionContext} from 'ava';
import type {SessionState} from '../../source/session/state.js';
import {sampleOf} from '../tools/deep.js';
import {keys} from '../tools/terminal.js';
import {openEmulated} from './open-emulated.js';
import {samplePlan} from './sample-plans.js';
import {failedBuild, finishedBuild, finishedRun, runningBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const passed = {build: {at: '2026-01-02T03:04:05Z', finding: 'passed'}};
const over = (more: Partial<SessionState> = {}) =>
	sampleState({plans: {build: samplePlan}, runs: {build: finishedBuild}, passed, ...more});
const predictions = {build: ['base', 'build', 'final']};
const {tab} = keys;

/** What is shown, and the keys that lead there. */
const screens: Record<string, {state: SessionState; pressed?: string[]}> = {
	'a step': {state: sampleState({plans: {build: samplePlan}})},
	'a step at work': {
		state: sampleState({plans: {build: samplePlan}, runs: {build: runningBuild}, runningStepId: 'build'}),
	},
	'a failed build': {state: over({runs: {build: failedBuild}, passed: {}})},
	'a build': {state: over()},
	'a build that was predicted': {state: over({predictions})},
	'the timeline': {state: over(), pressed: ['t']},
	'the timeline of a build that was predicted': {state: over({predictions}), pressed: ['t']},
	'the Dockerfile': {state: over(), pressed: ['d']},
	'the Dockerfile after the timeline': {state: over(), pressed: ['t', 'd']},
	'the timeline after the Dockerfile': {state: over(), pressed: ['d', 't']},
	'a zoomed stage': {state: over(), pressed: [tab, 'z']},
	'a zoomed stage of a build that was predicted': {state: over({predictions}), pressed: [tab, 'z']},
	'a zoomed text': {state: sampleState({stepId: 'read'}), pressed: [tab, 'z']},
	'a zoomed Dockerfile': {state: over(), pressed: ['d', 'z']},
	'a zoomed output': {state: sampleState({stepId: 'run', runs: {run: finishedRun}}), pressed: ['z']},
	'a challenge': {state: sampleState({stepId: 'port'})},
	chapters: {state: sampleState({overlay: 'chapters'})},
	keys: {state: sampleState({overlay: 'keys'})},
	end: {state: sampleState({screen: 'end'})},
};
const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 58, rows: 20},
];

const bytes: Record<string, string> = {
	...{enter: keys.enter, esc: keys.escape, tab, '↑↓': keys.down, '←': keys.left, '→': keys.right},
	...Object.fromEntries(Array.from({length: 9}, (_, index) => [`1-${index + 1}`, '1'])),
};

/** The first key of each entry of the footer. */
const footerKeys = (rows: string[]): string[] => {
	const footer = rows.findLast(row => row.trim() !== '') ?? '';
	return footer
		.trim()
		.split(/ {3,}/)
		.map(entry => entry.split(' ')[0] ?? '');
};

/** Opens a screen; each key has done its work before the next is pressed. */
const open = async (
	t: ExecutionContext,
	{state, pressed = []}: (typeof screens)[string],
	size: (typeof sizes)[number],
) => {
	const screen = openEmulated(t, state, size);
	const look = () => screen.screen().join('\n');
	const isDrawn = (rows: string[]) => footerKeys(rows).length > 1;
	await screen.waitUntil(isDrawn, 'a footer');
	/** Resolves when a key has changed the screen, or asked the session for something. */
	const press = async (key: string, name = key) => {
		const [before, asked] = [look(), screen.sent.length];
		screen.press(bytes[key] ?? key);
		await screen.waitUntil(
			rows => (rows.join('\n') !== before && isDrawn(rows)) || screen.sent.length > asked,
			`what ${name} does`,
		);
	};
	for (const key of pressed) await press(key);
	const close = async () => {
		screen.show({...state, ending: {summary: []}});
		await screen.left;
	};
	return {...screen, press, close};
};

for (const [name, shown] of Object.entries(screens)) {
	for (const size of sampleOf(sizes, 1)) {
		test.serial(
			`${name}: every key of the footer does something, at ${size.columns}×${size.rows}`,
			async t => {
				const first = await open(t, shown, size);
				const named = footerKeys(first.screen());
				t.true(named.length > 1, first.screen().join('\n'));
				await first.close();
				for (const key of sampleOf(named, 2)) {
					const {press, close} = await open(t, shown, size);
					await press(key, `the key ${key}`);
					await close();
				}
			},
		);
	}
}

for (const size of sizes) {
	test.serial(
		`d shows the Dockerfile while the timeline is open, at ${size.columns}×${size.rows}`,
		async t => {
			const screen = await open(t, {state: over(), pressed: ['t']}, size);
			await screen.press('d');
			t.regex(screen.screen().join('\n'), /simple\/Dockerfile {2}\d+ lines/);
		},
	);

	test.serial(`q leads back from a zoomed text, at ${size.columns}×${size.rows}`, async t => {
		const screen = await open(t, screens['a zoomed text'] as (typeof screens)[string], size);
		await screen.press('q');
		t.deepEqual(screen.sent, []);
		await screen.press('q');
		t.deepEqual(screen.sent, [{intent: 'quit'}]);
	});

	test.serial(
		`every stage of a build that was predicted can be read, at ${size.columns}×${size.rows}`,
		async t => {
			const screen = await open(t, {state: over({predictions}), pressed: [tab, 'z']}, size);
			const seen = new Set<string>();
			for (const _ of predictions.build) {
				seen.add(/╭ (\w+) /.exec(screen.screen().join('\n'))?.[1] ?? '');
				await screen.press(tab);
			}
			t.is(seen.size, 3, [...seen].join());
		},
	);
}
