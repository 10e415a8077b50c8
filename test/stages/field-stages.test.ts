import type {Build, Builder} from '../../source/stages/model.js';
import {engineTests, everyEngine} from '../engine/engines.js';
import {trackBuild} from './track-build.js';

/** What was shown wrongly of Dockerfiles as people write them: stages whose status or arrows the file alone doesn't tell. */
type Case = {
	title: string;
	files: Record<string, string>;
	/** With the tag of the test and without the cache. */
	line: string;
	environment?: Record<string, string>;
	exitCode?: number;
	/** Status and needs of each stage: `done ← base build`. */
	stages: Record<string, string>;
	/** The same with the legacy builder; left out where it can't build that. */
	legacy?: Record<string, string>;
	/** Engines that know what the line asks for; left out: all. */
	engines?: string[];
};

const lines = (...text: string[]): string => `${text.join('\n')}\n`;
const four = lines(
	'FROM alpine:3.13 AS base',
	'RUN echo base > /b',
	'FROM base AS test',
	'RUN echo tests',
	'FROM base AS lint',
	'RUN echo linted',
	'FROM base AS prod',
	'RUN echo prod',
);
const onlyTest = {base: 'done', test: 'done ← base', lint: 'skipped ← base', prod: 'skipped ← base'};
const newer = ['26', '28', '28c'];

const cases: Case[] = [
	{
		title: 'a build argument chooses the stage',
		files: {
			Dockerfile: lines(
				'ARG MODE=dev',
				'FROM alpine:3.13 AS base',
				'RUN echo shared > /shared.txt',
				'FROM base AS dev',
				'RUN echo dev > /dev.txt',
				'FROM base AS prod',
				'RUN echo prod > /prod.txt',
				`FROM \${MODE} AS result`,
				'RUN ls /*.txt',
			),
		},
		line: 'docker build --no-cache --build-arg MODE=prod .',
		stages: {base: 'done', dev: 'skipped ← base', prod: 'done ← base', result: 'done ← prod'},
		legacy: {base: 'done', dev: 'done ← base', prod: 'done ← base', result: 'done ← prod'},
	},
	{
		title: 'a build argument has its value from the environment',
		files: {
			Dockerfile: lines(
				'ARG MODE=one',
				'FROM alpine:3.13 AS one',
				'RUN echo 1',
				'FROM alpine:3.13 AS two',
				'RUN echo 2',
				'FROM $MODE',
				'RUN echo 3',
			),
		},
		line: 'docker build --no-cache --build-arg MODE .',
		environment: {MODE: 'two'},
		stages: {one: 'skipped', two: 'done', final: 'done ← two'},
		legacy: {one: 'done', two: 'done', final: 'done ← two'},
	},
	{
		title: 'arguments with operators and quotes choose the stage',
		files: {
			Dockerfile: lines(
				`ARG PICK=\${TARGETPLATFORM#linux/amd64}`,
				`ARG PICK=\${PICK:+"other"}`,
				`ARG PICK=\${PICK:-"own"}`,
				'FROM alpine:3.13 AS seed',
				'RUN echo seed > /seed',
				'FROM seed AS tool-own',
				'FROM alpine:3.13 AS tool-other',
				'RUN echo other > /seed',
				`FROM tool-\${PICK} AS tool`,
				'FROM alpine:3.13',
				'COPY --from=tool /seed /seed',
			),
		},
		line: 'docker build --no-cache .',
		engines: newer,
		stages: {
			seed: 'done',
			'tool-own': 'done ← seed',
			'tool-other': 'skipped',
			tool: 'done ← tool-own',
			final: 'done ← tool',
		},
	},
	{
		title: 'the platform chooses the stage',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS tool-amd64',
				'RUN echo for amd64 > /tool',
				'FROM alpine:3.13 AS tool-arm64',
				'RUN echo for arm64 > /tool',
				`FROM tool-\${TARGETARCH} AS tool`,
				'FROM alpine:3.13',
				'COPY --from=tool /tool /tool',
			),
		},
		line: 'docker build --no-cache .',
		stages: {'tool-amd64': 'done', 'tool-arm64': 'skipped', tool: 'done ← tool-amd64', final: 'done ← tool'},
	},
	{
		title: 'a build context replaces a stage',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS assets',
				'RUN echo made here > /site.txt',
				'FROM alpine:3.13 AS helper',
				'RUN echo helper > /h.txt',
				'FROM alpine:3.13 AS pages',
				'COPY --from=helper /h.txt /h.txt',
				'COPY --from=assets /site.txt /site.txt',
				'RUN cat /site.txt',
				'FROM alpine:3.13',
				'COPY --from=pages /site.txt /site.txt',
			),
			'ready/site.txt': 'given\n',
		},
		line: 'docker build --no-cache --build-context assets=./ready .',
		engines: newer,
		stages: {assets: 'skipped', helper: 'done', pages: 'done ← helper', final: 'done ← pages'},
	},
	{
		title: 'a trigger of a base runs in front',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS trigger',
				'RUN echo base > /base.txt',
				'ONBUILD RUN cat /base.txt',
				'FROM trigger AS app',
				'RUN echo the app itself',
			),
		},
		line: 'docker build --no-cache .',
		stages: {trigger: 'done', app: 'done ← trigger'},
		legacy: {trigger: 'done', app: 'done ← trigger'},
	},
	{
		title: 'triggers of a base run in front, and need what they copy',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS extra',
				'RUN echo extra file > /extra.txt',
				'FROM alpine:3.13 AS trigger',
				'RUN echo base > /base.txt',
				'ONBUILD COPY --from=extra /extra.txt /extra.txt',
				'ONBUILD RUN echo from the trigger && cat /extra.txt',
				'FROM trigger AS app',
				'RUN echo the app itself && cat /extra.txt',
			),
		},
		line: 'docker build --no-cache .',
		// BuildKit before 0.20 refuses such a trigger.
		engines: ['28', '28c'],
		stages: {extra: 'done', trigger: 'done', app: 'done ← trigger extra'},
	},
	{
		title: 'a name that is used again is that of the later stage',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS s0',
				'RUN echo a > /a',
				'FROM s0 AS s1',
				'RUN echo b > /b',
				'FROM s1 AS s0',
				'RUN echo c > /c',
				'FROM s0 AS last',
				'RUN ls /a /b /c',
			),
		},
		line: 'docker build --no-cache .',
		stages: {'s0:1': 'done', s1: 'done ← s0:1', s0: 'done ← s1', last: 'done ← s0'},
	},
	{
		title: 'of two stages with one name the later is copied from',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS out',
				'RUN echo first > /first.txt',
				'FROM alpine:3.13 AS out',
				'RUN echo second > /second.txt',
				'FROM alpine:3.13 AS final',
				'COPY --from=out /second.txt /',
			),
		},
		line: 'docker build --no-cache .',
		stages: {'out:1': 'skipped', out: 'done', final: 'done ← out'},
	},
	{
		title: 'a variable of the shell names the target',
		files: {Dockerfile: four},
		line: 'docker build --no-cache --target $STAGE .',
		environment: {STAGE: 'test'},
		stages: onlyTest,
		legacy: {base: 'done', test: 'done ← base', lint: 'skipped ← base', prod: 'skipped ← base'},
	},
	{
		title: 'an empty target is the last stage',
		files: {Dockerfile: four},
		line: 'docker build --no-cache --target "" .',
		stages: {base: 'done', test: 'skipped ← base', lint: 'skipped ← base', prod: 'done ← base'},
	},
	{
		title: 'the file is joined to its flag',
		files: {'app/Dockerfile.dev': four},
		line: 'docker build -f=app/Dockerfile.dev --no-cache --target test app',
		stages: onlyTest,
	},
	{
		title: 'a flag with a value stands behind the context',
		files: {'app/Dockerfile': four},
		line: 'docker build --no-cache --target test ./app -m 512m',
		stages: onlyTest,
	},
	{
		title: 'the context is a variable',
		files: {'app/Dockerfile': four},
		line: 'docker build --no-cache --target test $PWD/app',
		stages: onlyTest,
	},
	{
		title: 'the file has a small letter in front',
		files: {dockerfile: four},
		line: 'docker build --no-cache --target test .',
		stages: onlyTest,
		legacy: onlyTest,
	},
	{
		title: 'the Dockerfile comes from a file on standard input',
		files: {'app/Dockerfile': four},
		line: 'docker build --no-cache --target test - < app/Dockerfile',
		stages: onlyTest,
	},
	{
		title: 'the Dockerfile comes from another command',
		files: {'app/Dockerfile': four},
		line: 'cat app/Dockerfile | docker build --no-cache --target test -',
		stages: {base: 'done', test: 'done'},
		legacy: {base: 'done', test: 'done'},
	},
	{
		title: 'a stage fails whose Dockerfile comes from another command',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS build',
				'RUN echo compiling && echo ok > /x',
				'FROM alpine:3.13 AS unused',
				'RUN echo unused',
				'FROM alpine:3.13',
				'COPY --from=build /x /x',
				'RUN echo checking && cat /x && exit 5',
			),
		},
		line: 'cat Dockerfile | docker build --no-cache -',
		exitCode: 1,
		stages: {build: 'done', 'stage-2': 'failed'},
	},
	{
		title: 'stages of one image, one of them without instructions',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS one',
				'FROM alpine:3.13 AS two',
				'ENV A=b',
				'FROM alpine:3.13 AS never',
				'ENV C=d',
				'FROM scratch',
				'COPY --from=one /etc/passwd /one',
				'COPY --from=two /etc/passwd /two',
			),
		},
		line: 'docker build --no-cache .',
		stages: {one: 'done', two: 'done', never: 'skipped', final: 'done ← one two'},
	},
	{
		title: 'two stages begin with the same instructions',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS one',
				'RUN echo same > /same',
				'RUN echo one > /one',
				'FROM alpine:3.13 AS two',
				'RUN echo same > /same',
				'RUN echo two > /two',
				'FROM scratch',
				'COPY --from=one /one /',
				'COPY --from=two /two /',
			),
		},
		line: 'docker build --no-cache .',
		stages: {one: 'done', two: 'done', final: 'done ← one two'},
	},
	{
		title: 'a stage is built for two platforms',
		files: {
			Dockerfile: lines(
				'FROM --platform=$BUILDPLATFORM alpine:3.13 AS build',
				'ARG TARGETARCH',
				'RUN echo build for $TARGETARCH > /bin.txt',
				'FROM scratch',
				'COPY --from=build /bin.txt /bin.txt',
			),
		},
		line: 'docker build --no-cache --platform linux/amd64,linux/arm64 .',
		// Only the containerd store keeps images for several.
		engines: ['28c'],
		stages: {build: 'done', final: 'done ← build'},
	},
	{
		title: 'more than nine instructions',
		files: {
			Dockerfile: lines(
				'FROM alpine:3.13 AS long',
				...Array.from({length: 11}, (_, at) => `RUN echo ${at}`),
				'FROM long',
			),
		},
		line: 'docker build --no-cache .',
		stages: {long: 'done', final: 'done ← long'},
		legacy: {long: 'done', final: 'done ← long'},
	},
];

/** What is shown of each stage; needs are left out where the file can't be read and the format doesn't tell. */
const shownOf = ({stages, format}: Build, {expected}: {expected: Record<string, string>}) =>
	Object.fromEntries(
		stages.map(({name, status, needs}) => {
			const shows = needs.length > 0 && (format === 'rawjson' || expected[name]?.includes('←'));
			return [name, shows ? `${status} ← ${needs.join(' ')}` : status];
		}),
	);

engineTests((engineTest, name) => {
	for (const {title, files, line, environment = {}, exitCode = 0, stages, legacy, engines} of cases) {
		if (engines && !engines.includes(name)) continue;
		const ways: Array<[builder: Builder, buildx: string | null, expected: Record<string, string>]> = [
			['buildkit', name === '20' ? null : '0.13.0', stages],
			...(legacy ? [['legacy', null, legacy] as [Builder, null, Record<string, string>]] : []),
		];
		for (const [builder, buildx, expected] of ways) {
			engineTest(`${title}, ${builder}`, async (t, engine) => {
				const followed = await trackBuild(line, files, {engine, builder, buildx, environment});
				t.is(followed.exitCode, exitCode, followed.build.outside.join('\n'));
				t.deepEqual(shownOf(followed.build, {expected}), expected);
				t.deepEqual(
					followed.build.notes.filter(note => /not in this Dockerfile/.test(note)),
					[],
				);
			});
		}
	}
}, everyEngine);
