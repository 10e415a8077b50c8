import test from 'ava';
import {isPossible} from '../../source/session/intents.js';
import {reduce} from '../../source/session/reduce.js';
import {selectAllCompared, selectTimelines} from '../../source/session/select-builds.js';
import type {RunView, SessionState} from '../../source/session/state.js';
import type {Build, Builder, Instruction, Stage} from '../../source/stages/model.js';
import {plannedBuild, samplePlan} from '../tui/sample-plans.js';
import {sampleState} from '../tui/sample-state.js';

const start = sampleState({plans: {build: samplePlan}});

const show = (state: SessionState, view: RunView) => reduce(state, {action: 'show-run', view});

const by = (builder: Builder, more: Partial<RunView> = {}, build: Partial<Build> = {}): RunView => ({
	...plannedBuild,
	runId: `run-${builder}`,
	...more,
	build: plannedBuild.build && {...plannedBuild.build, builder, ...build},
});

const withFirst = (instruction: Partial<Instruction>): Stage[] =>
	(plannedBuild.build?.stages ?? []).map((stage, index) =>
		index === 0 ? {...stage, instructions: stage.instructions.map(one => ({...one, ...instruction}))} : stage,
	);

const compares = test.macro({
	exec(t, runs: RunView[], expected: string[] | null) {
		const [pair] = selectAllCompared(runs.reduce(show, start));
		t.deepEqual(pair ? [pair.legacy.runId, pair.buildkit.runId] : null, expected);
	},
	title: title => title ?? '',
});

test(
	'builds of one Dockerfile by both builders are compared',
	compares,
	[by('legacy'), by('buildkit')],
	['run-legacy', 'run-buildkit'],
);
test(
	'one builder alone is compared with nothing',
	compares,
	[by('legacy'), by('legacy', {runId: 'b'})],
	null,
);
test(
	'the last build of each builder counts',
	compares,
	[by('legacy'), by('buildkit'), by('legacy', {runId: 'later'})],
	['later', 'run-buildkit'],
);
test(
	'a build that took something from the cache does not count',
	compares,
	[by('legacy'), by('buildkit', {}, {stages: withFirst({status: 'cached'})})],
	null,
);
test(
	'a base image that is there already is no cache',
	compares,
	[by('legacy'), by('buildkit', {}, {stages: withFirst({status: 'cached', text: 'FROM alpine:3.13'})})],
	['run-legacy', 'run-buildkit'],
);
test(
	'a build that failed does not count',
	compares,
	[by('legacy'), by('buildkit', {outcome: {ended: 'exited', exitCode: 1, seconds: 1}})],
	null,
);
test(
	'a build that was cancelled does not count',
	compares,
	[by('legacy'), by('buildkit', {outcome: {ended: 'cancelled', seconds: 1}})],
	null,
);
test(
	'a build that is not over does not count',
	compares,
	[by('legacy'), by('buildkit', {phase: 'judging'})],
	null,
);
test(
	'a build of a step without a plan does not count',
	compares,
	[by('legacy', {stepId: 'run'}), by('buildkit')],
	null,
);

test('another Dockerfile of the same name is not compared with the one before', t => {
	const before = show(start, by('legacy'));
	const changed = reduce(before, {
		action: 'see-plan',
		stepId: 'build',
		plan: {...samplePlan, text: `${samplePlan.text}RUN true\n`},
	});
	const after = show(changed, by('buildkit'));
	t.deepEqual(selectAllCompared(after), []);
	t.is(selectTimelines(after)?.compared, null);
	t.is(selectTimelines(after)?.own.runId, 'run-buildkit');
});

test('there is no timeline while a build runs', t => {
	t.is(selectTimelines(show(start, by('legacy', {phase: 'running', outcome: null}))), null);
});

test('progress without predictions, as earlier versions kept it, is restored', t => {
	const progress = {
		format: 1,
		workshop: 'multi-stage',
		stepId: 'build',
		passed: {},
		hints: {},
		captured: {},
		builder: null,
		labFolder: '',
		engineId: null,
	} as const;
	const restored = reduce(start, {
		action: 'restore-progress',
		progress,
		problem: null,
		readOnly: false,
		replay: null,
	});
	t.deepEqual(restored.predictions, {});
	const kept = {...progress, predictions: {build: ['base']}};
	const again = reduce(start, {
		action: 'restore-progress',
		progress: kept,
		problem: null,
		readOnly: false,
		replay: null,
	});
	t.deepEqual(again.predictions, {build: ['base']});
});

test('on Podman the builder is Buildah, and on Docker again one of Docker’s', t => {
	const on = (podman?: string): SessionState['engine'] => {
		const {engine} = start;
		if (engine.status !== 'ready') throw new Error('The sample has no engine.');
		const cli = {version: '28.5.2', buildx: '0.29.1', ...(podman === undefined ? {} : {podman})};
		return {status: 'ready', identity: {...engine.identity, cli}};
	};
	const onPodman = reduce(start, {action: 'see-engine', engine: on('5.4.2')});
	t.is(onPodman.builder, 'buildah');
	t.is(reduce(onPodman, {action: 'set-builder', builder: 'legacy'}).builder, 'buildah');
	t.false(isPossible(onPodman, 'toggle-builder'));
	t.is(reduce(onPodman, {action: 'see-engine', engine: on()}).builder, 'buildkit');
});
