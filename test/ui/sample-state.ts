import type {Build, Stage} from '../../source/build/model.js';
import type {EngineIdentity} from '../../source/session/ports.js';
import type {RunView, SessionState} from '../../source/session/state.js';
import type {Chapter, Step} from '../../source/workshop/model.js';
import {parseMarkdown} from '../../source/workshop/parse-markdown.js';

/** When the runs of the samples began; the screens of the tests stand at 1.4 s later. */
export const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);

const text = `The same Dockerfile, the **other** builder. Before you press enter: which stages will run?

- \`base\` and \`build\` make the program
- \`test\` writes a file that *nobody* copies
  - it is 構建 work all the same 🚀

> [!NOTE]
> The builder only builds what the last stage needs.

\`\`\`Dockerfile
FROM alpine:3.13 AS base
COPY --from=build /build.txt /a-rather-long-path/that/does/not/fit/into/one/line/of/the/pane.txt
\`\`\`

See [the manual](https://docs.docker.com/build/) for more.`;

const step = (id: string, title: string, more: Partial<Step> = {}): Step => ({
	id,
	chapterId: 'buildkit',
	kind: 'run',
	title,
	needs: [],
	builder: null,
	predict: null,
	compare: [],
	capture: {},
	checks: [],
	body: parseMarkdown(text),
	command: `docker build -t simple:${id} ./simple`,
	hints: [parseMarkdown('Look at what the last stage copies.'), parseMarkdown('It copies from `build`.')],
	solution: parseMarkdown('`base`, `build` and `final`.'),
	file: '03-buildkit.md',
	line: 1,
	...more,
});

const chapters: Chapter[] = [
	{
		id: 'reference',
		title: 'Reference',
		file: '01-reference.md',
		steps: [
			step('read', 'Where to look things up', {
				chapterId: 'reference',
				kind: 'read',
				command: null,
				hints: [],
			}),
		],
	},
	{
		id: 'buildkit',
		title: 'BuildKit and build targets',
		file: '03-buildkit.md',
		steps: [
			step('enable', 'Switch to BuildKit', {kind: 'builder', command: 'export DOCKER_BUILDKIT=1'}),
			step('build', 'Build it again with BuildKit'),
			step('run', 'Run what was built', {command: 'docker run simple:build'}),
			step('sizes', 'Compare the sizes', {command: 'docker image ls -f reference=whoami'}),
			step('port', 'Serve it on a port of your own', {kind: 'challenge', command: null}),
		],
	},
];

/** A machine with engine 26. */
export const identity: EngineIdentity = {
	id: 'ABCD',
	version: '26.1.5',
	endpoint: 'unix:///var/run/docker.sock',
	local: true,
	address: '127.0.0.1',
	store: 'graphdriver',
	cli: {version: '26.1.5', buildx: '0.13.1'},
	recorded: null,
};

/** A session in the middle of a small workshop, with some of it different. */
export const sampleState = (more: Partial<SessionState> = {}): SessionState => ({
	workshop: {
		id: 'multi-stage',
		title: 'Multi-stage builds',
		minutes: 60,
		images: ['alpine:3.13'],
		contexts: ['simple'],
		introduction: parseMarkdown('Build small images from big ones.'),
		chapters,
	},
	dialect: 'sh',
	labFolder: '/home/ada/multi-stage',
	screen: 'step',
	overlay: null,
	question: null,
	stepId: 'build',
	builder: 'buildkit',
	engine: {status: 'ready', identity},
	findings: [],
	runs: {},
	runningStepId: null,
	passed: {read: {at: '2026-01-02T03:04:05Z', finding: 'passed'}},
	hints: {},
	captured: {},
	challenges: {},
	notice: null,
	readOnly: false,
	ending: null,
	...more,
});

/** A stage of a build; done unless told. */
export const sampleStage = (name: string, more: Partial<Stage> = {}): Stage => ({
	name,
	status: 'done',
	needs: [],
	reason: null,
	seconds: 0.3,
	began: 0,
	ended: 0.3,
	instructions: [{text: "RUN echo 'Adding dependencies' > /deps.txt", status: 'done', line: 2, seconds: 0.3}],
	lineCount: 1,
	tail: ['Adding dependencies…'],
	...more,
});

const waiting: Partial<Stage> = {
	status: 'waiting',
	seconds: null,
	began: null,
	ended: null,
	tail: [],
	lineCount: 0,
};

const runningStages: Stage[] = [
	sampleStage('base'),
	sampleStage('build', {
		status: 'running',
		needs: ['base'],
		seconds: null,
		began: 0.3,
		ended: null,
		instructions: [
			{text: 'COPY . /src', status: 'done', line: 4, seconds: 0.1},
			{
				text: 'RUN ./compile --all --with-a-rather-long-list-of-flags',
				status: 'running',
				line: 5,
				seconds: null,
			},
		],
		tail: Array.from(
			{length: 40},
			(_, index) => `${index + 1}/40 構建 🚀 module-${index + 1}.o of a long line of output`,
		),
		lineCount: 40,
	}),
	sampleStage('test', {...waiting, needs: ['build'], instructions: []}),
	sampleStage('final', {...waiting, needs: ['base', 'build'], instructions: []}),
];

const build = (more: Partial<Build>): Build => ({
	builder: 'buildkit',
	format: 'rawjson',
	stages: [],
	seconds: 1.4,
	imageId: null,
	names: [],
	mentioned: {images: [], containers: []},
	outside: [],
	failure: null,
	notes: [],
	cached: false,
	...more,
});

const run = (stepId: string, more: Partial<RunView>): RunView => ({
	runId: `1-${stepId}`,
	stepId,
	commandLine: `docker build -t simple:${stepId} ./simple`,
	builder: 'buildkit',
	phase: 'over',
	startedAt,
	outcome: {ended: 'exited', exitCode: 0, seconds: 1.8},
	build: null,
	output: {lines: [], lineCount: 0},
	verdict: {
		verdict: 'passed',
		finding: 'passed',
		reason: 'The build skipped test.',
		next: null,
		evidence: null,
	},
	comparison: null,
	...more,
});

/** A build at work: one stage done, one running, two waiting. */
export const runningBuild: RunView = run('build', {
	phase: 'running',
	outcome: null,
	verdict: null,
	build: build({stages: runningStages}),
});

/** The same when it is over: one stage skipped, the others done or cached. */
export const finishedBuild: RunView = run('build', {
	build: build({
		names: ['docker.io/library/simple:build'],
		seconds: 1.6,
		notes: ['Two stages start from alpine:3.13; the builder counts that once.'],
		stages: [
			sampleStage('base', {status: 'cached', seconds: 0}),
			sampleStage('build', {seconds: 1.3, tail: ['Building…', 'done']}),
			sampleStage('test', {...waiting, status: 'skipped', reason: 'nothing that is built needs this stage'}),
			sampleStage('final', {
				tail: [],
				instructions: [{text: 'COPY --from=build /a /a', status: 'done', line: 9, seconds: 0.1}],
			}),
		],
	}),
});

/** A build that failed in its second stage. */
export const failedBuild: RunView = run('build', {
	outcome: {ended: 'exited', exitCode: 1, seconds: 1.8},
	build: build({
		stages: [
			sampleStage('base'),
			sampleStage('build', {
				status: 'failed',
				instructions: [{text: 'RUN ./compile', status: 'failed', line: 5, seconds: 0.2}],
				tail: ['compile: no such file'],
			}),
			sampleStage('final', {...waiting, status: 'cancelled', reason: 'cut off by the failure of build'}),
		],
		failure: {
			stage: 'build',
			instruction: 'RUN ./compile',
			line: 5,
			exitCode: 127,
			message: 'process "/bin/sh -c ./compile" did not complete successfully: exit code: 127',
		},
	}),
	verdict: {
		verdict: 'failed',
		finding: 'build-failed',
		reason: 'The build ended with exit code 1.',
		next: 'run `git diff` in the lab folder and look at line 5',
		evidence: null,
	},
});

/** A command that is no build, with output. */
export const finishedRun: RunView = run('run', {
	commandLine: 'docker run simple:build',
	builder: null,
	output: {lines: ['Adding dependencies…', 'Building… 🚀 構建', '\u001B[31mred\u001B[0m'], lineCount: 3},
	outcome: {ended: 'exited', exitCode: 0, seconds: 0.6},
	verdict: {
		verdict: 'passed',
		finding: 'passed',
		reason: 'It printed what the stages wrote.',
		next: null,
		evidence: null,
	},
});

/** A command whose images are compared. */
export const comparedRun: RunView = run('sizes', {
	commandLine: 'docker image ls -f reference=whoami',
	builder: null,
	output: {lines: ['REPOSITORY   TAG   IMAGE ID   SIZE', 'whoami   latest   1234   6.57MB'], lineCount: 2},
	comparison: [
		{image: 'golang:1.16.4-alpine', id: 'sha256:1', bytes: 239_000_000},
		{image: 'whoami', id: 'sha256:2', bytes: 6_570_000},
	],
});
