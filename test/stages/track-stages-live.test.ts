import test from 'ava';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build, BuildEvent} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {graphOf, readDockerfile, readTranscripts} from '../tools/read-transcript.js';

const track = (dockerfile: string, events: BuildEvent[] = []) => {
	const tracker = createStageTracker(parseDockerfile(dockerfile), 'rawjson');
	for (const event of events) tracker.fold(event);
	return tracker;
};

const statusesOf = ({stages}: Build) => stages.map(({status}) => status);
const reasonsOf = ({stages}: Build) => stages.map(({reason}) => reason);

/** A build as it stood when a line was printed. */
const buildAt = (name: string, line: string): Build => {
	const transcript = readTranscripts().find(({name: of}) => of === name);
	if (!transcript) throw new Error(`There is no transcript ${name}.`);
	const parser = createBuildParser(transcript.asked);
	const tracker = createStageTracker(graphOf(transcript), transcript.asked);
	for (const {stream, bytes, at} of transcript.chunks) {
		for (const event of parser.push(stream, bytes, at)) {
			tracker.fold(event);
			if (event.event === 'line' && event.text === line) return tracker.snapshot();
		}
	}
	throw new Error(`${name} never prints ${line}.`);
};

test('before anything is printed every stage waits, and says for whom', t => {
	const build = track(readDockerfile('simple')).snapshot();
	t.deepEqual(statusesOf(build), ['waiting', 'waiting', 'waiting', 'waiting']);
	t.deepEqual(reasonsOf(build), [null, 'needs base', 'needs build', 'needs base, build']);
	t.is(build.builder, null);
	t.deepEqual(
		build.stages[3]?.instructions.map(({line, status}) => [line, status]),
		[
			[11, 'waiting'],
			[12, 'waiting'],
		],
	);
});

test('what began before the build, for another one, counts from its beginning', t => {
	const id = 'sha256:1';
	const build = track('FROM alpine:3.13\nRUN echo hello', [
		{event: 'listed', id, name: '[2/2] RUN echo hello', inputs: []},
		{event: 'began', id, name: '[2/2] RUN echo hello', at: -47},
		{event: 'ended', id, at: 2},
	]).snapshot();
	t.like(build.stages[0], {began: 0, ended: 2, seconds: 2});
	t.is(build.seconds, 2);
});

const stands = test.macro((t, name: string, line: string, statuses: string[]) => {
	t.deepEqual(statusesOf(buildAt(name, line)), statuses);
});
test('with rawjson, both stages are seen running', stands, '28/parallel-rawjson', 'left 2', [
	'done',
	'running',
	'running',
	'waiting',
]);
test('with plain, the stage behind is not seen yet', stands, '28/parallel-plain', 'left 2', [
	'done',
	'running',
	'waiting',
	'waiting',
]);
test('with legacy, one stage runs', stands, '28/parallel-legacy', 'right 2', [
	'done',
	'done',
	'running',
	'waiting',
]);
test(
	'a stage that seems not to be needed waits until BuildKit has listed what it does',
	stands,
	'28/simple-bk-rawjson',
	'transferring dockerfile: 311 B done',
	['waiting', 'waiting', 'waiting', 'waiting'],
);
test('then it is skipped', stands, '28/simple-bk-rawjson', 'Building...', [
	'done',
	'running',
	'skipped',
	'waiting',
]);
test('what is expected is said so', t => {
	const {stages} = buildAt('28/simple-bk-plain', 'Building...');
	t.is(stages[2]?.status, 'waiting');
	t.is(stages[2]?.reason, 'expected to be skipped: nothing that is built needs this stage');
});
test(
	'with legacy, a stage that is not needed waits for its turn',
	stands,
	'28/simple-legacy',
	'Building...',
	['done', 'running', 'waiting', 'waiting'],
);

const began = (id: string, name: string, at: number): BuildEvent => ({event: 'began', id, name, at});
const ended = (id: string, at: number): BuildEvent => ({event: 'ended', id, at});
const run = (id: string, name: string, from: number, to: number): BuildEvent[] => [
	began(id, name, from),
	ended(id, to),
];

test('a running stage’s seconds go on with the clock', t => {
	const tracker = track(readDockerfile('simple'), [began('s:1', '[base 2/2] RUN x', 1)]);
	t.is(tracker.snapshot(1.5).stages[0]?.seconds, 0.5);
	t.is(tracker.snapshot(3).stages[0]?.seconds, 2);
	tracker.fold(ended('s:1', 4));
	t.is(tracker.snapshot(9).stages[0]?.seconds, 3);
});

test('a stage that has not changed is the same object', t => {
	const tracker = track(readDockerfile('parallel'), [
		...run('s:1', '[base 2/2] RUN x', 1, 2),
		began('s:2', '[left 1/1] RUN y', 2),
		began('s:3', '[right 1/1] RUN z', 2),
	]);
	const before = tracker.snapshot();
	tracker.fold({event: 'line', id: 's:2', text: 'new', at: 2});
	const after = tracker.snapshot();
	t.is(before.stages[0], after.stages[0]);
	t.is(before.stages[2], after.stages[2]);
	t.not(before.stages[1], after.stages[1]);
	t.deepEqual(before.stages[1]?.tail, []);
	t.deepEqual(after.stages[1]?.tail, ['new']);
});

test('fold tells which stage a line belongs to', t => {
	const tracker = track(readDockerfile('parallel'), [began('s:2', '[left 1/1] RUN y', 2)]);
	t.is(tracker.fold({event: 'line', id: 's:2', text: 'x', at: 2}), 'left');
	t.is(tracker.fold({event: 'line', id: 's:9', text: 'x', at: 2}), null);
});

test('a flood leaves its last 200 lines and their number', t => {
	const tracker = track('FROM scratch\nRUN x', [began('s:1', '[1/1] RUN x', 0)]);
	for (let line = 1; line <= 1234; line++) tracker.fold({event: 'line', id: 's:1', text: `${line}`, at: 1});
	const [stage] = tracker.snapshot().stages;
	t.is(stage?.lineCount, 1234);
	t.is(stage?.tail.length, 200);
	t.is(stage?.tail[0], '1035');
});

test('a build that the learner cancels has no failure', t => {
	const tracker = track(readDockerfile('parallel'), [
		...run('s:1', '[base 2/2] RUN x', 1, 2),
		began('s:2', '[left 1/1] RUN y', 2),
		{event: 'failed', id: null, message: 'failed to solve: Canceled: context canceled', at: 3},
	]);
	tracker.end(null, true);
	const build = tracker.snapshot();
	t.deepEqual(statusesOf(build), ['done', 'cancelled', 'cancelled', 'cancelled']);
	t.is(build.stages[1]?.reason, 'cut off when you cancelled the build');
	t.is(build.stages[1]?.seconds, 1);
	t.is(build.failure, null);
});

test('an instruction that begins again counts from there', t => {
	const tracker = track('FROM scratch\nRUN x', [
		...run('s:1', '[1/1] RUN x', 1, 2),
		...run('s:1', '[1/1] RUN x', 5, 8),
	]);
	t.like(tracker.snapshot().stages[0], {seconds: 3, began: 5, ended: 8, status: 'done'});
});

test('a stage between two instructions waits when it needs one that still runs', t => {
	const tracker = track(readDockerfile('parallel'), [
		...run('s:1', '[base 2/2] RUN x', 1, 2),
		...run('s:2', '[left 1/1] RUN y', 2, 3),
		began('s:3', '[right 1/1] RUN z', 2),
		...run('s:4', '[stage-3 1/2] COPY --from=left /left.txt /', 3, 4),
	]);
	t.is(tracker.snapshot().stages[3]?.status, 'waiting');
	tracker.fold(ended('s:3', 5));
	t.is(tracker.snapshot().stages[3]?.status, 'running');
});

const notes = test.macro((t, dockerfile: string, name: string, expected: RegExp) => {
	t.regex(
		track(dockerfile, [began('s:1', name, 1)])
			.snapshot()
			.notes.join(' '),
		expected,
	);
});
test(
	'one image of two stages is noted',
	notes,
	'FROM a AS x\nFROM a\nCOPY --from=x b c',
	'[x 1/1] FROM docker.io/library/a',
	/^x and final start from a: BuildKit loads it once/,
);
test(
	'an image that several instructions share is noted',
	notes,
	'FROM a\nCOPY --from=a b c',
	'FROM docker.io/library/a:latest',
	/loads docker\.io\/library\/a:latest once for several/,
);
test(
	'an image that is copied from is noted',
	notes,
	'FROM a\nCOPY --from=b c d',
	'FROM docker.io/library/b:latest',
	/loads docker\.io\/library\/b:latest outside the stages/,
);
test(
	'an unknown stage is noted',
	notes,
	'FROM a\nRUN b',
	'[other 1/2] RUN c',
	/has a stage other that is not/,
);

test('a stage of metadata alone is done when the build is', t => {
	const tracker = track('FROM a AS x\nENV b=c\nFROM x\nRUN d', run('s:1', '[stage-1 1/1] RUN d', 1, 2));
	t.deepEqual(statusesOf(tracker.snapshot()), ['waiting', 'done']);
	tracker.end(0, false);
	t.like(tracker.snapshot().stages[0], {status: 'done', reason: 'metadata only', seconds: null});
});

test('loading an image is shown in its stage, looking it up is not', t => {
	const tracker = track('FROM a\nRUN b', [began('s:1', '[1/2] FROM docker.io/library/a', 1)]);
	t.is(tracker.snapshot().stages[0]?.status, 'running');
	tracker.fold({event: 'line', id: 's:1', text: 'resolve docker.io/library/a done', at: 2});
	tracker.fold({event: 'line', id: 's:1', text: 'sha256:1 2 MB done', at: 3});
	const build = tracker.snapshot();
	t.deepEqual(build.stages[0]?.tail, ['sha256:1 2 MB done']);
	t.deepEqual(build.outside, ['resolve docker.io/library/a done']);
	t.is(build.stages[0]?.seconds, null);
});

test('of two failures the first is told', t => {
	const tracker = track(readDockerfile('parallel'), [
		began('s:2', '[left 1/1] RUN y', 2),
		began('s:3', '[right 1/1] RUN z', 2),
		{event: 'failed', id: 's:3', message: 'it broke: exit code: 4', at: 3},
		{event: 'failed', id: 's:2', message: 'so did I: exit code: 5', at: 4},
		{event: 'failed', id: null, message: 'failed to solve', at: 4},
	]);
	tracker.end(1, false);
	t.deepEqual(tracker.snapshot().failure, {
		stage: 'right',
		instruction: 'RUN z',
		line: 8,
		exitCode: 4,
		message: 'it broke: exit code: 4',
		said: [],
	});
});
