import test from 'ava';
import {parseStageGraph} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildEvent, BuildOptions, StageGraph} from '../../source/stages/model.js';
import {createStageTracker, type StageTracker} from '../../source/stages/tracker/stage-tracker.js';

const graphOf = (text: string | null, options: BuildOptions = {}): StageGraph =>
	parseStageGraph(text, options);

/** A vertex by its number, and those that it is made from. */
const listed = (id: number, name: string, ...inputs: number[]): BuildEvent => ({
	event: 'listed',
	id: `s:${id}`,
	name,
	inputs: inputs.map(input => `s:${input}`),
});
const ran = (id: number): BuildEvent[] => [
	{event: 'began', id: `s:${id}`, name: '', at: id},
	{event: 'ended', id: `s:${id}`, at: id + 1},
];

const track = (graph: StageGraph, events: BuildEvent[], exitCode: number | null = 0): StageTracker => {
	const tracker = createStageTracker(graph, 'rawjson');
	for (const event of events) tracker.fold(event);
	if (exitCode !== null) tracker.end(exitCode, false);
	return tracker;
};

const shown = (tracker: StageTracker): string[] =>
	tracker
		.snapshot()
		.stages.map(({name, status, needs}) => `${name} ${status}${needs.map(need => ` ${need}`).join('')}`);

const two = 'FROM a AS one\nRUN 1\nFROM b AS two\nRUN 2\nFROM c\nCOPY --from=one x y';

test('what was listed counts, not what was expected', t => {
	const events = [
		listed(1, '[two 2/2] RUN 2'),
		listed(2, '[stage-2 2/2] COPY --from=one x y', 1),
		...ran(1),
		...ran(2),
	];
	const tracker = track(graphOf(two), events);
	t.deepEqual(shown(tracker), ['one skipped', 'two done', 'final done two']);
	t.is(tracker.snapshot().stages[0]?.reason, 'BuildKit listed nothing of this stage');
});

test('before the end what is expected is shown so', t => {
	t.deepEqual(shown(track(graphOf(two), [listed(2, '[stage-2 2/2] COPY --from=one x y')], null)), [
		'one waiting',
		'two skipped',
		'final waiting',
	]);
});

test('a stage without instructions is passed through, unless the vertices lead elsewhere', t => {
	const text = 'FROM a AS base\nRUN 1\nFROM base AS meta\nENV x=y\nFROM meta AS last\nRUN 2';
	const base = [listed(1, '[base 2/2] RUN 1'), ...ran(1)];
	const through = [...base, listed(2, '[last 1/1] RUN 2', 1), ...ran(2)];
	t.deepEqual(shown(track(graphOf(text), through)), ['base done', 'meta done base', 'last done meta']);
	const beside = [...base, listed(3, '[other 1/1] RUN 3'), listed(2, '[last 1/1] RUN 2', 3), ...ran(2)];
	t.deepEqual(shown(track(graphOf(text), beside)), ['base done', 'meta skipped base', 'last done']);
});

test('an image that stages share is no arrow between them', t => {
	const events = [
		listed(1, '[one 1/2] FROM docker.io/library/a:latest'),
		listed(2, '[one 2/2] RUN 1', 1),
		listed(3, '[stage-1 2/2] RUN 2', 1),
		...[1, 2, 3].flatMap(ran),
	];
	t.deepEqual(shown(track(graphOf('FROM a AS one\nRUN 1\nFROM a\nRUN 2'), events)), [
		'one done',
		'final done',
	]);
});

test('instructions that stages share are built once, and are no arrow', t => {
	const text =
		'FROM a AS one\nRUN same\nRUN 1\nFROM a AS two\nRUN same\nRUN 2\nFROM a AS three\nRUN same\nFROM scratch\nCOPY --from=three x y';
	const events = [
		listed(1, '[one 2/3] RUN same'),
		listed(2, '[one 3/3] RUN 1', 1),
		listed(3, '[two 3/3] RUN 2', 1),
		listed(4, '[stage-3 1/1] COPY --from=three x y', 1),
		...[1, 2, 3, 4].flatMap(ran),
	];
	t.deepEqual(shown(track(graphOf(text), events)), [
		'one done',
		'two done',
		'three done',
		'final done three',
	]);
});

test('what lies between two stages and belongs to neither is passed through', t => {
	const events = [
		listed(1, '[one 2/2] RUN 1'),
		listed(9, 'merge'),
		listed(8, '[internal] something', 1),
		listed(2, '[stage-2 2/2] COPY --from=one x y', 8),
		...[1, 8, 2].flatMap(ran),
	];
	t.deepEqual(shown(track(graphOf(two), events)), ['one done', 'two skipped', 'final done one']);
});

const platforms = [
	listed(1, '[linux/amd64 build 2/2] RUN make'),
	listed(2, '[linux/amd64->arm64 build 2/2] RUN make'),
	listed(3, '[linux/amd64 stage-1 1/1] COPY --from=build x y', 1),
	listed(4, '[linux/arm64 stage-1 1/1] COPY --from=build x y', 2),
];
const crossed = graphOf(
	'FROM --platform=$BUILDPLATFORM a AS build\nRUN make\nFROM scratch\nCOPY --from=build x y',
	{
		platforms: ['linux/amd64', 'linux/arm64'],
	},
);

test('a stage for two platforms has a line for each, and runs while one runs', t => {
	const tracker = track(crossed, [...platforms, ...ran(2)], null);
	tracker.fold({event: 'began', id: 's:1', name: '', at: 1});
	tracker.fold({event: 'began', id: 's:4', name: '', at: 4});
	const [build, final] = tracker.snapshot().stages;
	t.is(build?.status, 'running');
	t.deepEqual(
		build?.instructions.map(({text, platform, status}) => [text, platform, status]),
		[
			['RUN make', 'linux/amd64', 'running'],
			['RUN make', 'linux/amd64->arm64', 'done'],
		],
	);
	t.is(final?.status, 'running');
});

test('a stage for two platforms has failed when it failed for one', t => {
	const failed: BuildEvent = {
		event: 'failed',
		id: 's:1',
		message: 'process "/bin/sh -c make" did not complete successfully: exit code: 2',
		at: 3,
	};
	const tracker = track(crossed, [...platforms, ...ran(2), failed], 1);
	t.deepEqual(shown(tracker), ['build failed', 'final cancelled build']);
});

test('a Dockerfile that can’t be read has the stages that are listed, in their order', t => {
	const events = [
		listed(4, '[stage-2 2/2] RUN 3', 3),
		listed(3, '[stage-2 1/2] COPY --from=one x y', 2),
		listed(2, '[one 2/2] RUN 1', 1),
		listed(1, '[one 1/2] FROM docker.io/library/a:latest'),
		...[1, 2, 3, 4].flatMap(ran),
	];
	const tracker = track(graphOf(null), events);
	t.deepEqual(shown(tracker), ['one done', 'stage-2 done one']);
	t.deepEqual(
		tracker.snapshot().stages[1]?.instructions.map(({text}) => text),
		['COPY --from=one x y', 'RUN 3'],
	);
});

test('triggers that BuildKit does not count have their places by their words', t => {
	const text =
		'FROM a AS extra\nRUN 1\nFROM a AS base\nONBUILD COPY --from=extra x y\nONBUILD RUN t\nFROM base AS app\nRUN own';
	const events = [
		listed(1, '[extra 2/2] RUN 1'),
		listed(2, '[app 1/1] COPY --from=extra x y', 1),
		listed(3, '[app 2/1] RUN t', 2),
		listed(4, '[app 3/1] RUN own', 3),
		...[1, 2, 3, 4].flatMap(ran),
	];
	const tracker = track(graphOf(text), events);
	t.deepEqual(shown(tracker), ['extra done', 'base done', 'app done base extra']);
	t.deepEqual(
		tracker.snapshot().stages[2]?.instructions.map(({text: words, line}) => [words, line]),
		[
			['COPY --from=extra x y', 4],
			['RUN t', 5],
			['RUN own', 7],
		],
	);
});

test('of twins the one is meant that has such an instruction', t => {
	const text = 'FROM a AS out\nRUN first\nFROM a AS out\nRUN second\nFROM out\nRUN third';
	const events = [
		listed(1, '[out 2/2] RUN first'),
		listed(2, '[stage-2 1/1] RUN third', 1),
		...[1, 2].flatMap(ran),
	];
	t.deepEqual(shown(track(graphOf(text), events)), ['out:1 done', 'out skipped', 'final done out:1']);
});

test('a build that printed nothing leaves its stages unknown', t => {
	t.deepEqual(shown(track(graphOf('FROM a AS one\nRUN 1\nFROM b\nRUN 2'), [])), [
		'one unknown',
		'final unknown',
	]);
});
