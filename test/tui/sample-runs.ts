import type {RunView} from '../../source/session/state.js';
import type {Build, Stage} from '../../source/stages/model.js';

/** When the runs of the samples began, in milliseconds since 1970. */
export const startedAt = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A stage of a build; done unless told. */
export const sampleStage = (name: string, more: Partial<Stage> = {}): Stage => ({
	name,
	status: 'done',
	needs: [],
	reason: null,
	seconds: 0.3,
	began: 0,
	ended: 0.3,
	instructions: [
		{text: "RUN echo 'Adding dependencies' > /deps.txt", status: 'done', line: 2, began: 0, seconds: 0.3},
	],
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
			{text: 'COPY . /src', status: 'done', line: 4, began: 0.3, seconds: 0.1},
			{
				text: 'RUN ./compile --all --with-a-rather-long-list-of-flags',
				status: 'running',
				line: 5,
				began: 0.4,
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
	isTyped: false,
	hadTerminal: false,
	source: null,
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
				instructions: [{text: 'COPY --from=build /a /a', status: 'done', line: 9, began: 1.5, seconds: 0.1}],
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
				instructions: [{text: 'RUN ./compile', status: 'failed', line: 5, began: 0.3, seconds: 0.2}],
				tail: ['/bin/sh: ./compile: not found'],
			}),
			sampleStage('final', {...waiting, status: 'cancelled', reason: 'cut off by the failure of build'}),
		],
		failure: {
			stage: 'build',
			instruction: 'RUN ./compile',
			line: 5,
			exitCode: 127,
			message: 'process "/bin/sh -c ./compile" did not complete successfully: exit code: 127',
			said: [{text: '/bin/sh: ./compile: not found', at: 0.4}],
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
