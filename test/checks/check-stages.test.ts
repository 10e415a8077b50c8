import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact, RunFact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {run} from './sample-facts.js';

const built = (stages: Array<[string, RunFact['stages'][number]['status'], number?, number?]>): Fact[] => [
	run({
		stages: stages.map(([name, status, began, ended]) => ({
			name,
			status,
			began: began ?? null,
			ended: ended ?? null,
			seconds: null,
		})),
	}),
];
const stages: CheckDeclaration = {check: 'stages', done: ['build'], skipped: ['test'], ...words};
test(
	'stages as expected',
	passes,
	stages,
	built([
		['build', 'done'],
		['test', 'skipped'],
	]),
	/went through build, and skipped test/,
);
test(
	'a cached stage is done',
	passes,
	stages,
	built([
		['build', 'cached'],
		['test', 'skipped'],
	]),
	/went through build/,
);
test(
	'a stage that should be skipped ran',
	fails,
	stages,
	built([
		['build', 'done'],
		['test', 'done'],
	]),
	/test is done instead of skipped/,
);
test(
	'a stage that failed',
	fails,
	stages,
	built([
		['build', 'failed'],
		['test', 'skipped'],
	]),
	/build is failed instead of done/,
);
test('a stage of which nothing was printed is unknown', t => {
	const verdict = judgeChecks(
		[stages],
		built([
			['build', 'unknown'],
			['test', 'unknown'],
		]),
	);
	t.like(verdict, {verdict: 'unknown', next: 'build it again without `--quiet`'});
});
test('a stage that is not in the Dockerfile', fails, stages, built([['build', 'done']]), /no stage test/);

const cached: CheckDeclaration = {check: 'stages', cached: ['build'], ...words};
test('a stage from the cache', passes, cached, built([['build', 'cached']]), /took build from the cache/);
test('a stage that ran', fails, cached, built([['build', 'done']]), /build is done instead of cached/);

const overlap: CheckDeclaration = {
	check: 'stages',
	overlap: {stages: ['left', 'right'], seconds: 1},
	...words,
};
test(
	'at the same time',
	passes,
	overlap,
	built([
		['left', 'done', 0.2, 3.2],
		['right', 'done', 0.4, 3.4],
	]),
	/same time for 2\.8 s/,
);
test(
	'one after the other',
	fails,
	overlap,
	built([
		['left', 'done', 0, 3],
		['right', 'done', 3, 6],
	]),
	/did not run at the same time/,
);
test(
	'hardly at the same time',
	fails,
	overlap,
	built([
		['left', 'done', 0, 3],
		['right', 'done', 2.1, 6],
	]),
	/did not run at the same time/,
);
test(
	'from the cache',
	fails,
	overlap,
	built([
		['left', 'cached'],
		['right', 'done', 0, 3],
	]),
	/left was taken from the cache/,
);

const byBuildKit: CheckDeclaration = {check: 'stages', builder: 'buildkit', ...words};
test(
	'a build by the builder that the step is about',
	passes,
	byBuildKit,
	[run({builder: 'buildkit'})],
	/BuildKit built this/,
);
test(
	'a build by the legacy builder where the step is about BuildKit',
	fails,
	byBuildKit,
	[run({builder: 'legacy'})],
	/The legacy builder built this, but this step is about BuildKit\./,
);
test(
	'a build by BuildKit where the step is about the legacy builder',
	fails,
	{...byBuildKit, builder: 'legacy'},
	[run({builder: 'buildkit'})],
	/BuildKit built this, but this step is about the legacy builder\./,
);
// With Buildah, which builds for Podman and skips what nothing needs.
const everyStage: CheckDeclaration = {check: 'stages', done: ['build', 'test'], ...words};
const byBuildah = (change: Partial<RunFact> = {}): Fact[] => [
	run({
		builder: 'buildah',
		stages: (['done', 'skipped'] as const).map((status, index) => ({
			name: index === 0 ? 'build' : 'test',
			status,
			began: null,
			ended: null,
			seconds: null,
		})),
		...change,
	}),
];
test(
	'a stage that Buildah leaves out and the legacy builder builds is said to be left out',
	passes,
	everyStage,
	byBuildah(),
	/left out test.*--replay/,
);
test(
	'a stage that BuildKit leaves out is missing',
	fails,
	everyStage,
	byBuildah({builder: 'buildkit'}),
	/test is skipped/,
);
test('an answer has to build it', fails, everyStage, byBuildah({isProof: true}), /test is skipped/);
test('a build that failed shows nothing', fails, everyStage, byBuildah({exitCode: 1}), /test is skipped/);
