import {type DockerfilePlan, readDockerfilePlan} from '../../source/session/plan/dockerfile-plan.js';
import type {RunView, Timeline} from '../../source/session/state.js';
import type {Stage} from '../../source/stages/model.js';
import {buildSource} from '../tools/build-source.js';
import {sampleStage, startedAt} from './sample-runs.js';

const dockerfile = `FROM alpine:3.13 AS base
RUN echo dependencies | tee /deps.txt
FROM base AS build
RUN ./compile --all --with-a-rather-long-list-of-flags
FROM build AS test
RUN ./test
FROM base AS final
COPY --from=build /build.txt /build.txt
CMD ["cat", "/build.txt"]
`;

/** What the sample step builds: base, build, test and final. */
export const samplePlan: DockerfilePlan = readDockerfilePlan(
	buildSource('docker build simple'),
	{
		read: () => dockerfile,
		readShipped: () => null,
	},
	{environment: {}},
);

const notNeeded = 'nothing that is built needs this stage';

const skipped: Partial<Stage> = {
	status: 'skipped',
	needs: ['build'],
	reason: notNeeded,
	seconds: null,
	began: null,
	ended: null,
	instructions: [],
	tail: [],
	lineCount: 0,
};

const stages: Stage[] = [
	sampleStage('base', {began: 0.2, ended: 0.5, seconds: 0.3}),
	sampleStage('build', {needs: ['base'], began: 0.5, ended: 1.5, seconds: 1}),
	sampleStage('test', skipped),
	sampleStage('final', {needs: ['base', 'build'], began: 1.5, ended: 1.6, seconds: 0.1}),
];

/** A build of the sample plan by BuildKit, from nothing. */
export const plannedBuild: RunView = {
	runId: '2-build',
	stepId: 'build',
	isTyped: false,
	hadTerminal: false,
	source: null,
	commandLine: 'docker build -t simple:build ./simple',
	builder: 'buildkit',
	phase: 'over',
	startedAt,
	outcome: {ended: 'exited', exitCode: 0, seconds: 1.8},
	build: {
		builder: 'buildkit',
		format: 'rawjson',
		stages,
		seconds: 1.6,
		imageId: null,
		names: ['docker.io/library/simple:build'],
		mentioned: {images: [], containers: []},
		outside: [],
		failure: null,
		notes: [],
		cached: false,
	},
	output: {lines: [], lineCount: 0},
	verdict: {
		verdict: 'passed',
		finding: 'passed',
		reason: 'The build skipped test.',
		next: null,
		evidence: null,
	},
	comparison: null,
};

/** The same by the legacy builder, one stage after the other. */
export const legacyTimeline: Timeline = {
	runId: '1-build',
	builder: 'legacy',
	seconds: 4.1,
	stages: [
		{name: 'base', status: 'done', reason: null, seconds: 0.4, began: 0.1, ended: 0.5},
		{name: 'build', status: 'done', reason: null, seconds: 1.1, began: 0.5, ended: 1.6},
		{name: 'test', status: 'done', reason: null, seconds: 2.2, began: 1.6, ended: 3.8},
		{name: 'final', status: 'done', reason: null, seconds: 0.2, began: 3.8, ended: 4},
	],
};
