import {randomUUID} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Readable} from 'node:stream';
import {execa} from 'execa';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build, BuildFormat, StageStatus} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../engine/temporary-folder.js';
import type {TestEngine} from '../engine/test-engine.js';

/** Name, status and output of each stage. */
type Stages = Array<[name: string, status: StageStatus, ...output: string[]]>;

type Case = {
	title: string;
	dockerfile: string;
	target?: string;
	exitCodes?: {legacy: number; buildkit: number};
	legacy: Stages;
	/** Where it is not the same. */
	buildkit?: Stages;
};

const numbers = (count: number): number[] => Array.from({length: count}, (_, index) => index + 1);

/**
 * A first stage, stages that start from it, and a last one that copies from each of them. Only some of them print, as a
 * container for each of many takes the legacy builder a minute.
 */
const fan = (count: number, prints: (n: number) => boolean): Case => {
	const middle = numbers(count - 2);
	const work = (n: number) => (prints(n) ? `RUN echo ${n} | tee /part-${n}` : `COPY Dockerfile /part-${n}`);
	return {
		title: `${count} stages`,
		dockerfile: [
			'FROM alpine:3.13 AS base',
			'RUN echo base',
			...middle.flatMap(n => [`FROM base AS part-${n}`, work(n)]),
			'FROM scratch',
			'COPY --from=base /etc/passwd /',
			...middle.map(n => `COPY --from=part-${n} /part-${n} /`),
		].join('\n'),
		legacy: [
			['base', 'done', 'base'],
			...middle.map((n): Stages[number] => [`part-${n}`, 'done', ...(prints(n) ? [`${n}`] : [])]),
			['final', 'done'],
		],
	};
};

const cases: Case[] = [
	{title: '1 stage', dockerfile: 'FROM alpine:3.13\nRUN echo one', legacy: [['final', 'done', 'one']]},
	fan(2, () => true),
	fan(12, () => true),
	fan(40, n => n % 8 === 0),
	{
		title: 'dots, dashes, no names, numbers',
		dockerfile: [
			'FROM alpine:3.13 AS my-base.1',
			'RUN echo in base',
			'FROM my-base.1',
			'RUN echo in one',
			'FROM my-base.1 AS a_b.c-d',
			'RUN echo in two',
			'FROM a_b.c-d',
			'COPY --from=1 /etc/passwd /p',
		].join('\n'),
		legacy: [
			['my-base.1', 'done', 'in base'],
			['stage-1', 'done', 'in one'],
			['a_b.c-d', 'done', 'in two'],
			['final', 'done'],
		],
	},
	{
		title: 'scratch, ARG above FROM, a copy from an image',
		dockerfile: [
			'ARG NAME=alpine',
			'ARG TAG=3.13',
			`FROM \${NAME}:$TAG AS x`,
			'ARG TAG',
			'RUN echo "tag $TAG"',
			'FROM scratch',
			'COPY --from=x /etc/passwd /p',
			'COPY --from=golang:1.16.4-alpine /etc/passwd /q',
		].join('\n'),
		legacy: [
			['x', 'done', 'tag 3.13'],
			['final', 'done'],
		],
	},
	{
		title: 'a target in the middle',
		target: 'c',
		dockerfile: [
			'FROM alpine:3.13 AS a',
			'RUN echo a',
			'FROM a AS b',
			'RUN echo b',
			'FROM a AS c',
			'RUN echo c',
			'FROM b',
			'RUN echo d',
		].join('\n'),
		legacy: [
			['a', 'done', 'a'],
			['b', 'done', 'b'],
			['c', 'done', 'c'],
			['final', 'skipped'],
		],
		buildkit: [
			['a', 'done', 'a'],
			['b', 'skipped'],
			['c', 'done', 'c'],
			['final', 'skipped'],
		],
	},
	{
		title: 'stages of metadata alone',
		dockerfile:
			'FROM alpine:3.13 AS a\nCMD ["x"]\nFROM a AS b\nENV X=1\nFROM b AS c\nRUN echo c\nFROM c\nCMD ["y"]',
		legacy: [
			['a', 'done'],
			['b', 'done'],
			['c', 'done', 'c'],
			['final', 'done'],
		],
	},
	{
		title: 'a stage that fails while another one runs',
		exitCodes: {legacy: 4, buildkit: 1},
		dockerfile: [
			'FROM alpine:3.13 AS a',
			'RUN echo a',
			'FROM a AS bad',
			'RUN echo soon; sleep 1; exit 4',
			'FROM a AS slow',
			'RUN echo slow; sleep 60',
			'FROM a AS needless',
			'RUN echo no',
			'FROM a',
			'COPY --from=bad /x /',
			'COPY --from=slow /y /',
		].join('\n'),
		legacy: [
			['a', 'done', 'a'],
			['bad', 'failed', 'soon'],
			['slow', 'cancelled'],
			['needless', 'cancelled'],
			['final', 'cancelled'],
		],
		buildkit: [
			['a', 'done', 'a'],
			['bad', 'failed', 'soon'],
			['slow', 'cancelled', 'slow'],
			['needless', 'skipped'],
			['final', 'cancelled'],
		],
	},
	{
		title: 'lines that are hard to read',
		dockerfile: [
			'FROM alpine:3.13',
			`RUN printf 'one\\rtwo\\n'; printf '\\033[32mgreen\\033[0m\\n'; printf '\\377x\\n'; \\`,
			'    # a comment',
			`    printf 'pa'; sleep 0.3; printf 'rt\\n'; printf 'no end'`,
		].join('\n'),
		legacy: [['final', 'done', 'two', '\u001B[32mgreen\u001B[0m', '\uFFFDx', 'part', 'no end']],
	},
];

const build = async (
	{dockerfile, target}: Case,
	format: BuildFormat,
	{env}: TestEngine,
	flags = ['--no-cache'],
): Promise<{build: Build; exitCode: number}> => {
	const folder = temporaryFolder('exactness');
	writeFileSync(path.join(folder, 'Dockerfile'), `${dockerfile}\n`);
	const parser = createBuildParser(format);
	const tracker = createStageTracker(parseDockerfile(dockerfile, {target}), format);
	const began = performance.now();
	const child = execa('docker', ['build', ...flags, ...(target ? ['--target', target] : []), folder], {
		env: {
			...env,
			DOCKER_BUILDKIT: format === 'legacy' ? '0' : '1',
			...(format === 'legacy' ? {} : {BUILDKIT_PROGRESS: format}),
		},
		stdin: 'ignore',
		buffer: false,
		reject: false,
	});
	for (const stream of ['stdout', 'stderr'] as const) {
		child[stream].on('data', (bytes: Uint8Array) => {
			for (const event of parser.push(stream, bytes, performance.now() - began)) tracker.fold(event);
		});
	}
	const {exitCode = -1} = await child;
	for (const event of parser.end()) tracker.fold(event);
	tracker.end(exitCode, false);
	return {build: tracker.snapshot(), exitCode};
};

const untilPrinted = (stream: Readable, expected: RegExp): Promise<void> =>
	new Promise(resolve => {
		let text = '';
		stream.on('data', (bytes: Buffer) => {
			text += bytes.toString();
			if (expected.test(text)) resolve();
		});
	});

engineTests((engineTest, name) => {
	const formats: BuildFormat[] = name === '20' ? ['legacy', 'plain'] : ['legacy', 'plain', 'rawjson'];
	for (const one of cases) {
		for (const format of formats) {
			engineTest(`${one.title}, ${format}`, async (t, engine) => {
				const {build: built, exitCode} = await build(one, format, engine);
				const builder = format === 'legacy' ? 'legacy' : 'buildkit';
				t.is(exitCode, one.exitCodes?.[builder] ?? 0, built.outside.join('\n'));
				t.is(built.format, format);
				t.deepEqual(
					built.stages.map(stage => [stage.name, stage.status, ...stage.tail]),
					one[builder] ?? one.legacy,
				);
				t.deepEqual(
					built.stages.map(({lineCount}) => lineCount),
					built.stages.map(({tail}) => tail.length),
				);
			});
		}
	}
	for (const format of formats.filter(one => one !== 'legacy')) {
		engineTest(
			`what another build has begun counts from the beginning of this one, ${format}`,
			async (t, engine) => {
				const text = randomUUID();
				const dockerfile = `FROM alpine:3.13\nRUN echo ${text}; sleep 3`;
				const other = execa('docker', ['build', '--progress', 'plain', '-'], {
					env: {...engine.env, DOCKER_BUILDKIT: '1'},
					input: dockerfile,
				});
				await untilPrinted(other.stderr, new RegExp(`^#\\d+ \\d+\\.\\d+ ${text}$`, 'm'));
				const shared = await build({title: '', dockerfile, legacy: []}, format, engine, []);
				await other;
				t.is(shared.exitCode, 0);
				const [stage] = shared.build.stages;
				const run = stage?.instructions.at(-1);
				t.like(run, {status: 'done', began: 0});
				t.like(stage, {status: 'done', began: 0, ended: run?.seconds});
				t.true(shared.build.seconds >= (run?.seconds ?? Number.POSITIVE_INFINITY));
			},
		);
	}
});
