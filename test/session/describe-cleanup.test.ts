import test from 'ava';
import type {CleanupItem, CleanupPreview} from '../../source/ownership/ledger.js';
import {cleanupQuestion, describeResult, runCleanup} from '../../source/session/run-cleanup.js';
import type {RunContext} from '../../source/session/run-context.js';
import {selectStep} from '../../source/session/select.js';
import {sampleState} from '../tui/sample-state.js';

test('what another workshop made is one line, with the command that removes it', t => {
	const workshop = {id: 'build-cache', argument: 'build-cache'};
	const other = {kind: 'image', name: '', reason: 'the workshop build-cache created it', workshop} as const;
	const kept = [
		{...other, id: 'sha256:1'},
		{...other, id: 'sha256:2'},
	];
	const [line = '', ...rest] = describeResult({removed: [], kept}, {buildCacheBytes: 0});
	t.regex(line, /^kept 2 things of the workshop build-cache, which `.* --workshop build-cache` removes$/);
	t.deepEqual(rest, ['Nothing from the workshop is left to remove.']);
});

for (const [title, buildCacheBytes, lines] of [
	['its size', 300_000, ['The build cache of the engine (300 kB) stays; `docker builder prune` empties it.']],
	[
		'no size where the engine tells none',
		null,
		['The build cache of the engine stays; `docker builder prune` empties it.'],
	],
	['nothing where it is empty', 0, []],
] as const) {
	test(`clean-up says of the build cache ${title}`, t => {
		const item = {kind: 'image', id: 'sha256:1', name: 'simple:latest'} as const;
		const [removed, ...rest] = describeResult({removed: [item], kept: []}, {buildCacheBytes});
		t.is(removed, 'removed image simple:latest (1)');
		t.deepEqual(rest, [...lines]);
	});
}

const items: CleanupItem[] = [
	{kind: 'name', id: 'sha256:1', name: 'simple:latest'},
	{kind: 'name', id: 'sha256:1', name: 'simple:test'},
	{kind: 'name', id: 'sha256:2', name: 'mine:latest'},
	{kind: 'image', id: 'sha256:1', name: 'simple:latest'},
	{kind: 'image', id: 'sha256:3', name: ''},
];
const preview: CleanupPreview = {remove: items, giveBack: [], keep: [], buildCacheBytes: 0};
const expected = ['name mine:latest (2)', 'image simple:latest, simple:test (1)', 'image <none> (3)'];

test('clean-up says where the files are that it removes', t => {
	const file = {kind: 'file', id: 'app/Dockerfile', name: 'app/Dockerfile'} as const;
	t.deepEqual(cleanupQuestion({...preview, remove: [file]}, '/home/ada/lab').lines, [
		'remove file app/Dockerfile',
		'the files are in /home/ada/lab',
	]);
});

test('an image that goes with its names is listed once', t => {
	t.deepEqual(
		cleanupQuestion(preview, '/lab').lines,
		expected.map(line => `remove ${line}`),
	);
	t.deepEqual(
		describeResult({removed: items, kept: []}, preview),
		expected.map(line => `removed ${line}`),
	);
});

/** The step of clean-up, whose question gets an answer. */
const cleanUp = (answer: string) => {
	let removed = false;
	const runContext = {
		cleaner: {
			preview: async () => preview,
			async clean() {
				removed = true;
				return {removed: items, kept: []};
			},
		},
		engine: {identity: async () => ({recorded: null})},
		lab: {path: '/lab'},
		ask: async () => answer,
		onView() {},
	} as unknown as RunContext;
	return {performed: runCleanup(selectStep(sampleState()), runContext), isRemoved: () => removed};
};

test('a clean-up that the learner declines is no failure: nothing is removed, and the step waits', async t => {
	const {performed, isRemoved} = cleanUp('no');
	await t.throwsAsync(performed, {name: 'UserError', message: 'Nothing was removed.'});
	t.false(isRemoved());
});

test('a clean-up says how many things are gone', async t => {
	const {verdict} = await cleanUp('yes').performed;
	t.is(verdict.reason, 'Removed 3 things that the workshop made.');
});
