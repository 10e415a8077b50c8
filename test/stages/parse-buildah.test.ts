import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {diagnose} from '../../source/stages/causes/diagnose.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';

/**
 * What Podman 5.4.2 and 5.8.6 printed, by socket through the CLI of Docker 28.5 and, with `-docker`, by their own
 * `docker`; both with `DOCKER_BUILDKIT=0`.
 */
const fixtures = path.resolve('test/fixtures/buildah');
const engines = readdirSync(fixtures);

const dockerfiles = {
	stages: readFileSync('workshops/multi-stage/simple/Dockerfile', 'utf8'),
	failing: [
		'ARG V=3.13',
		`FROM alpine:\${V} AS base`,
		'ARG W=2',
		'RUN echo w',
		'',
		'FROM base',
		'RUN echo before && exit 3',
		'RUN echo never',
		'',
	].join('\n'),
	copy: 'FROM alpine:3.13\nCOPY nothere.txt /\n',
	unfinished: `ARG V=3.13\nFROM alpine:\${V} AS base\nARG W=2\nRUN echo w\nFROM base\nRUN printf nonewline\nRUN echo x >/x\n`,
	single: 'FROM alpine:3.13\nWORKDIR /x\nENV A=1\nRUN echo hello\n',
};

type Printed = {stdout: string; stderr?: string; exitCode?: number};

const build = (
	dockerfile: string,
	{stdout, stderr = '', exitCode = 0}: Printed,
	{target, pieceSize = 7}: {target?: string; pieceSize?: number} = {},
): Build => {
	const parser = createBuildParser('buildah');
	const tracker = createStageTracker(parseDockerfile(dockerfile, {target}), 'buildah');
	for (const [stream, text] of [
		['stdout', stdout],
		['stderr', stderr],
	] as const) {
		const bytes = Buffer.from(text);
		for (let at = 0; at < bytes.length; at += pieceSize) {
			for (const event of parser.push(stream, bytes.subarray(at, at + pieceSize), at)) tracker.fold(event);
		}
	}
	for (const event of parser.end()) tracker.fold(event);
	tracker.end(exitCode, false);
	return tracker.snapshot();
};

const printedBy = (engine: string, name: string): Printed => {
	const read = (stream: string) => {
		const file = path.join(fixtures, engine, `${name}.${stream}`);
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	};
	return {stdout: read('stdout'), stderr: read('stderr')};
};

const stagesOf = ({stages}: Build) => stages.map(({name, status, tail}) => [name, status, ...tail]);

for (const engine of engines) {
	test(`Buildah skips the stage that nothing needs, and each line stands in its stage (${engine})`, t => {
		const seen = build(dockerfiles.stages, printedBy(engine, 'stages'));
		t.deepEqual(stagesOf(seen), [
			['base', 'done', 'base: dependencies added'],
			['build', 'done', 'build: app compiled'],
			['test', 'skipped'],
			['final', 'done'],
		]);
		t.is(seen.builder, 'buildah');
		t.is(seen.format, 'buildah');
		t.deepEqual(seen.notes, []);
		t.is(seen.failure, null);
		t.false(seen.cached);
		t.regex(seen.imageId ?? '', /^sha256:[0-9a-f]{64}$/);
		t.is(seen.mentioned.images.length, 4);
		t.deepEqual(
			seen.stages[3]?.instructions.map(({text, status, line}) => [text.split(' ')[0], status, line]),
			[
				['FROM', 'done', 17],
				['COPY', 'done', 18],
				['CMD', 'done', 19],
			],
		);
		t.regex(seen.stages[3]?.instructions[0]?.text ?? '', /^FROM base AS final$/);
	});

	test(`a build from the cache is told as one (${engine})`, t => {
		const seen = build(dockerfiles.stages, printedBy(engine, 'cached'));
		t.deepEqual(
			seen.stages.map(({status}) => status),
			['cached', 'cached', 'skipped', 'cached'],
		);
		t.true(seen.cached);
	});

	test(`stages behind the target are not built (${engine})`, t => {
		const seen = build(dockerfiles.stages, printedBy(engine, 'target'), {target: 'test'});
		t.deepEqual(
			seen.stages.map(({status}) => status),
			['cached', 'cached', 'done', 'skipped'],
		);
		t.deepEqual(seen.stages[2]?.tail, ['test: tests passed']);
	});

	test(`a command that fails is found in its stage, with its exit code (${engine})`, t => {
		const seen = build(dockerfiles.failing, {...printedBy(engine, 'failing'), exitCode: 1});
		t.deepEqual(stagesOf(seen), [
			['base', 'done', 'w'],
			['final', 'failed', 'before'],
		]);
		t.like(seen.failure, {
			stage: 'final',
			instruction: 'RUN echo before && exit 3',
			line: 7,
			exitCode: 3,
			message: 'building at STEP "RUN echo before && exit 3": while running runtime: exit status 3',
		});
	});

	test(`the last line of output may have no end of its own (${engine})`, t => {
		const seen = build(dockerfiles.unfinished, printedBy(engine, 'unfinished-line'));
		t.deepEqual(stagesOf(seen), [
			['base', 'done', 'w'],
			['final', 'done', 'nonewline'],
		]);
	});

	test(`a single stage has no number in front (${engine})`, t => {
		const seen = build(dockerfiles.single, printedBy(engine, 'single'));
		t.deepEqual(stagesOf(seen), [['final', 'done', 'hello']]);
	});

	test(`a quiet build prints its image (${engine})`, t => {
		const seen = build(dockerfiles.single, printedBy(engine, 'quiet'));
		t.regex(seen.imageId ?? '', /^sha256:[0-9a-f]{64}$/);
		t.is(seen.failure, null);
	});
}

for (const engine of engines.filter(name => !name.endsWith('-docker'))) {
	test(`a file that is not in the build context is named (${engine})`, t => {
		const seen = build(dockerfiles.copy, {...printedBy(engine, 'copy'), exitCode: 1});
		t.is(seen.stages[0]?.status, 'failed');
		t.is(seen.failure?.line, 2);
		t.is(
			diagnose(seen),
			'The file `nothere.txt` is not in the build context, or `.dockerignore` excludes it.',
		);
	});
}

// As Podman 5.8.6 printed it once: the last stage began, and then waited for another one.
const waiting = `[1/4] STEP 1/2: FROM alpine:3.13 AS base
[1/4] STEP 2/2: RUN echo 'base: dependencies added' | tee /deps.txt
base: dependencies added
--> 536e583f3662
[4/4] STEP 1/3: FROM 536e583f3662c047a19dc42ad247b3a6404d81447bd9b39a7719a0b290b62c80 AS final
[4/4] STEP 2/3: COPY --from=build /build.txt /build.txt
[2/4] STEP 1/2: FROM 536e583f3662c047a19dc42ad247b3a6404d81447bd9b39a7719a0b290b62c80 AS build
[2/4] STEP 2/2: RUN echo 'build: app compiled' | tee /build.txt
build: app compiled
--> 6a77482d9c4d
--> dfa88443a5ea
[4/4] STEP 3/3: CMD ["sh", "-c", "cat /deps.txt && cat /build.txt"]
[4/4] COMMIT docker.io/library/simple
--> 54d36d29dec4
Successfully tagged docker.io/library/simple:latest
54d36d29dec43dcb9d95643ce2f5da4272cbec7fbbc85cadcc4e1c775baa4f5f
`;

test('a stage that waits for another one is taken up again', t => {
	const seen = build(dockerfiles.stages, {stdout: waiting});
	t.deepEqual(stagesOf(seen), [
		['base', 'done', 'base: dependencies added'],
		['build', 'done', 'build: app compiled'],
		['test', 'skipped'],
		['final', 'done'],
	]);
	t.deepEqual(seen.names, ['docker.io/library/simple:latest']);
});

test('a build that is under way shows which stage runs and which waits', t => {
	const parser = createBuildParser('buildah');
	const tracker = createStageTracker(parseDockerfile(dockerfiles.stages), 'buildah');
	const half = waiting.slice(0, waiting.indexOf('--> 6a77482d9c4d'));
	for (const event of parser.push('stdout', Buffer.from(half), 0)) tracker.fold(event);
	const {stages} = tracker.snapshot();
	t.deepEqual(
		stages.map(({status}) => status),
		['done', 'running', 'waiting', 'running'],
	);
	t.deepEqual(stages[1]?.tail, ['build: app compiled']);
	for (const event of parser.push('stdout', Buffer.from('--> 6a77482d9c4d\n'), 0)) tracker.fold(event);
	t.deepEqual(
		tracker.snapshot().stages.map(({status}) => status),
		['done', 'done', 'waiting', 'running'],
	);
});

test('output that looks like a step of another build is output', t => {
	const stdout = [
		'STEP 1/2: FROM alpine:3.13',
		'STEP 2/2: RUN cat log',
		'STEP 4/9: RUN other',
		'[1/2] STEP 1/2: FROM x',
		'COMMITTED',
		'COMMIT one',
		'--> e3e5bce6a2d3',
		'e3e5bce6a2d3991e3e9cfab0cc0a919d770743acea056eb4316bcdee6518b9bd',
		'',
	].join('\n');
	const seen = build('FROM alpine:3.13\nRUN cat log\n', {stdout});
	t.deepEqual(stagesOf(seen), [
		['final', 'done', 'STEP 4/9: RUN other', '[1/2] STEP 1/2: FROM x', 'COMMITTED'],
	]);
});

test('what an instruction prints to standard error by Podman’s own docker is its output', t => {
	const parser = createBuildParser('buildah');
	const tracker = createStageTracker(parseDockerfile(dockerfiles.single), 'buildah');
	const chunks: Array<['stdout' | 'stderr', string]> = [
		['stderr', 'Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.\n'],
		['stdout', 'STEP 1/2: FROM alpine:3.13\nSTEP 2/2: RUN make\n'],
		['stderr', 'make: warning\n'],
		['stderr', 'Error: building at STEP "RUN make": while running runtime: exit status 2\n'],
	];
	for (const [stream, text] of chunks) {
		for (const event of parser.push(stream, Buffer.from(text), 0)) tracker.fold(event);
	}
	for (const event of parser.end()) tracker.fold(event);
	tracker.end(2, false);
	const seen = tracker.snapshot();
	t.deepEqual(seen.stages[0]?.tail, ['make: warning']);
	t.is(seen.failure?.exitCode, 2);
	t.is(seen.failure?.stage, 'final');
});
