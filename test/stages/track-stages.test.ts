import test from 'ava';
import type {Build} from '../../source/stages/model.js';
import {readTranscripts, type Transcript, trackChunks} from '../tools/read-transcript.js';
import {expectedBuilds} from './expected-builds.js';

const transcripts = readTranscripts();

const showsWhatIsExpected = test.macro((t, transcript: Transcript) => {
	const expected = expectedBuilds[transcript.case]?.find(({engines}) =>
		engines.split(' ').includes(transcript.engine),
	);
	if (!expected) return t.fail(`nothing is expected of ${transcript.name}`);
	const build = trackChunks(transcript);
	const {format} = expected;
	t.is(build.builder, format === null ? null : format === 'legacy' ? 'legacy' : 'buildkit');
	t.is(build.format, format ?? transcript.asked);
	t.is(transcript.exitCode, expected.exitCode);
	t.deepEqual(
		build.stages.map(({name, status, tail}) => [name, status, ...tail]),
		expected.stages,
	);
	const {stage, line, exitCode} = build.failure ?? {};
	t.deepEqual(build.failure && {stage, line, exitCode}, expected.failure ?? null);
	t.is(build.cached, expected.cached ?? false);
	t.deepEqual(
		build.stages.map(({lineCount}) => lineCount),
		build.stages.map(({tail}) => tail.length),
	);
});

for (const transcript of transcripts) {
	test(`${transcript.name} shows its stages and their lines`, showsWhatIsExpected, transcript);
}

test('every expected build is recorded on the engines that it names', t => {
	const recorded = new Set(transcripts.map(({name}) => name));
	const expected = Object.entries(expectedBuilds).flatMap(([name, builds]) =>
		builds.flatMap(({engines}) => engines.split(' ').map(engine => `${engine}/${name}`)),
	);
	t.deepEqual(expected.toSorted(), [...recorded].toSorted());
});

const find = (name: string): Transcript => {
	const found = transcripts.find(transcript => transcript.name === name);
	if (!found) throw new Error(`There is no transcript ${name}.`);
	return found;
};

const overlapOf = ({stages}: Build, ...names: string[]): number => {
	const found = stages.filter(({name}) => names.includes(name));
	return (
		Math.min(...found.map(({ended}) => ended ?? Number.NaN)) -
		Math.max(...found.map(({began}) => began ?? Number.NaN))
	);
};

for (const {name, case: of} of transcripts.filter(({case: of}) =>
	/^parallel-(legacy|plain|rawjson)$/.test(of),
)) {
	if (name === '20/parallel-rawjson') continue;
	test(`${name}: left and right ${of === 'parallel-legacy' ? 'run one after the other' : 'overlap'}`, t => {
		const build = trackChunks(find(name));
		const overlap = overlapOf(build, 'left', 'right');
		if (of === 'parallel-legacy') t.true(overlap <= 0, `${overlap} s`);
		else t.true(overlap >= 2.5, `${overlap} s`);
		for (const stage of build.stages.slice(1, 3))
			t.true((stage.seconds ?? 0) > 3 && (stage.seconds ?? 0) < 4);
	});
}

const identifies = test.macro((t, name: string, imageId: RegExp, names: string[]) => {
	const build = trackChunks(find(name));
	t.regex(build.imageId ?? '', imageId);
	t.deepEqual(build.names, names);
});
test('a legacy build ends with a short image ID', identifies, '26/simple-legacy', /^a001e155bd6f$/, [
	'simple:latest',
]);
test('a plain build says which image it wrote', identifies, '28/simple-bk-plain', /^sha256:a747647b5e33/, [
	'docker.io/library/simple:buildkit',
]);
test(
	'the containerd store’s image is its manifest list',
	identifies,
	'28c/simple-bk-plain-cached',
	/^sha256:7a2f40b42b61/,
	['docker.io/library/simple:buildkit'],
);
test(
	'a rawjson build says which image it wrote',
	identifies,
	'28c/simple-bk-rawjson',
	/^sha256:e59917b2ff6f/,
	['docker.io/library/simple:buildkit'],
);
test('a quiet build prints the image’s ID', identifies, '20/simple-bk-q', /^sha256:c4c7816c3688/, []);

test('a legacy build mentions its images and intermediate containers', t => {
	t.deepEqual(trackChunks(find('26/simple-legacy')).mentioned, {
		images: ['21a47700f630', '9183a7cf1362', '529ab72582b9', 'd862d1d6d830', 'b3889d3af05e', 'a001e155bd6f'],
		containers: ['5a7b630929ec', '629793c20066', '914cf5f09806', '8bdd83b93359'],
	});
});

const instructionsOf = (name: string, stage: string) =>
	trackChunks(find(name))
		.stages.find(({name: of}) => of === stage)
		?.instructions.map(({line, status, text}) => [line, status, text.split(' ')[0]]);

const mapsInstructions = test.macro(
	(t, name: string, stage: string, expected: Array<[number, string, string]>) => {
		t.deepEqual(instructionsOf(name, stage), expected);
	},
);
test('legacy steps are instructions of the Dockerfile', mapsInstructions, '26/whoami-legacy', 'final', [
	[10, 'done', 'FROM'],
	[11, 'done', 'ENTRYPOINT'],
	[12, 'done', 'EXPOSE'],
	[13, 'done', 'COPY'],
]);
test('an ARG before the first FROM is a step of no stage', mapsInstructions, '20/multiline-legacy', 'base', [
	[3, 'done', 'FROM'],
	[4, 'done', 'ARG'],
	[5, 'done', 'ENV'],
	[6, 'done', 'LABEL'],
	[7, 'done', 'RUN'],
]);
test(
	'BuildKit’s vertices are the instructions that build',
	mapsInstructions,
	'28/whoami-rawjson',
	'builder',
	[
		[1, 'done', 'FROM'],
		[2, 'done', 'ENV'],
		[3, 'done', 'RUN'],
		[4, 'done', 'WORKDIR'],
		[5, 'done', 'COPY'],
		[6, 'done', 'RUN'],
		[7, 'done', 'COPY'],
		[8, 'done', 'RUN'],
	],
);
test('a FROM that BuildKit shows elsewhere is missing', mapsInstructions, '28/multiline-plain', 'base', [
	[4, 'done', 'ARG'],
	[5, 'done', 'ENV'],
	[6, 'done', 'LABEL'],
	[7, 'done', 'RUN'],
]);
test('what comes after a failed build is cancelled', mapsInstructions, '28/fail-rawjson', 'final', [
	[8, 'cancelled', 'COPY'],
]);
test('a FROM that was cut off is not what failed', mapsInstructions, '28c/copyfail-rawjson', 'final', [
	[1, 'cancelled', 'FROM'],
	[2, 'failed', 'COPY'],
]);

const reasonsOf = (name: string) => trackChunks(find(name)).stages.map(({reason}) => reason);

const gives = test.macro((t, name: string, reasons: Array<string | null>) => {
	t.deepEqual(reasonsOf(name), reasons);
});
test('BuildKit’s skipped stage says why', gives, '28/simple-bk-rawjson', [
	null,
	null,
	'nothing that is built needs this stage',
	null,
]);
test('legacy’s skipped stages come after the target', gives, '20/target-build-legacy', [
	null,
	null,
	'comes after the target',
	'comes after the target',
]);
test('a failed build says which stage it was', gives, '28/fail-plain', [
	null,
	'its command ended with exit code 3',
	'cut off when stage build failed',
]);
test('a stage without instructions that build is metadata only', gives, '28/derived-build', [
	'metadata only',
]);

const says = test.macro((t, name: string, message: string) => {
	t.is(trackChunks(find(name)).failure?.message, message);
});
test(
	'legacy’s message',
	says,
	'28/fail-legacy',
	`The command '/bin/sh -c echo "to stdout"; echo "to stderr" >&2; exit 3' returned a non-zero code: 3`,
);
test(
	'engine 20’s message',
	says,
	'20/fail-plain',
	'executor failed running [/bin/sh -c echo "to stdout"; echo "to stderr" >&2; exit 3]: exit code: 3',
);
test(
	'BuildKit’s message',
	says,
	'28c/fail-rawjson',
	String.raw`process "/bin/sh -c echo \"to stdout\"; echo \"to stderr\" >&2; exit 3" did not complete successfully: exit code: 3`,
);
test(
	'a CLI’s message',
	says,
	'20/simple-bk-rawjson',
	'invalid value "rawjson" passed to --progress, valid values are: auto, plain, tty',
);
test(
	'a missing buildx’ message',
	says,
	'28/env-nobuildx-bk1',
	'BuildKit is enabled but the buildx component is missing or broken.',
);
test(
	'a missing target’s message',
	says,
	'28/badtarget-rawjson',
	'failed to build: failed to solve: target stage "nosuch" could not be found',
);

test('an image that several instructions share is noted, not guessed', t => {
	t.regex(
		trackChunks(find('28/multiline-rawjson')).notes.join(' '),
		/loads docker\.io\/library\/alpine:3\.13 once/,
	);
	t.deepEqual(trackChunks(find('28/simple-bk-rawjson')).notes, []);
	t.regex(trackChunks(find('20/parallel-plain')).notes.join(' '), /come in bursts/);
});

test('a heredoc that the legacy builder passes over is noted', t => {
	t.deepEqual(trackChunks(find('28/heredoc-legacy')).notes, [
		'The legacy builder can’t read heredocs: line 2 of the Dockerfile does nothing.',
	]);
	t.deepEqual(trackChunks(find('28/heredoc-rawjson')).notes, []);
});

test('of a build that was refused, no stage is said to have been cut off', t => {
	for (const builder of ['badtarget-legacy', 'badtarget-plain'])
		for (const {status, reason} of trackChunks(find(`26/${builder}`)).stages)
			if (status === 'cancelled') t.is(reason, 'not started: the build failed before any stage began');
});
