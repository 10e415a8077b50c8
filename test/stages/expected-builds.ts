import type {BuildFormat, StageStatus} from '../../source/stages/model.js';

/** What one recorded case shows, on every engine that is listed. Written from the Dockerfiles and the engines' facts. */
export type ExpectedBuild = {
	engines: string;
	/** What is seen at work; null when nothing is. */
	format: BuildFormat | null;
	exitCode: number;
	/** Status and lines of output of every stage, in order. */
	stages: Array<[name: string, status: StageStatus, ...lines: string[]]>;
	failure?: {stage: string | null; line: number | null; exitCode: number | null};
	cached?: true;
};

const all = '20 26 28 28c';
const modern = '26 28 28c';

const numbered = (word: string, count: number) => Array.from({length: count}, (_, i) => `${word} ${i + 1}`);

const nowhere = {stage: null, line: null, exitCode: null};

type Stages = ExpectedBuild['stages'];

const simpleStages = (...statuses: StageStatus[]): Stages =>
	['base', 'build', 'test', 'final'].map((name, index) => [name, statuses[index] ?? 'unknown']);

/** The build ended before any stage began; with BuildKit at work, `test` is known not to be needed. */
const neverBegun = simpleStages('cancelled', 'cancelled', 'cancelled', 'cancelled');
const neverBegunBuildkit = simpleStages('cancelled', 'cancelled', 'skipped', 'cancelled');

const simpleLegacy: Stages = [
	['base', 'done'],
	['build', 'done', 'Building...'],
	['test', 'done', 'Testing...'],
	['final', 'done'],
];
const simpleBuildkit: Stages = [
	['base', 'done'],
	['build', 'done', 'Building...'],
	['test', 'skipped'],
	['final', 'done'],
];
const cachedLegacy = simpleStages('cached', 'cached', 'cached', 'cached');
const cachedBuildkit = simpleStages('cached', 'cached', 'skipped', 'cached');
const testOnly: Stages = [
	['base', 'cached'],
	['build', 'cached'],
	['test', 'done', 'Testing...'],
	['final', 'skipped'],
];

const parallel = (count: number): Stages => [
	['base', 'done'],
	['left', 'done', ...numbered('left', count)],
	['right', 'done', ...numbered('right', count)],
	['final', 'done'],
];

const multiline: Stages = [
	['base', 'done', 'line one', 'line   two hello world', 'no newline at end'],
	['my-test.1', 'done', 'exec form', 'done', '\u001B[32mgreen\u001B[0m �� bin', 'partial'],
	['final', 'done'],
];

const cancelledCapital: Stages = [
	['Base', 'cancelled'],
	['my-test.1', 'cancelled'],
	['final', 'cancelled'],
];

const whoami = (download: string): Stages => [
	['builder', 'done', 'OK: 4 packages (stand-in image: already present)', download],
	['final', 'done'],
];
const goDownload = 'go: no module dependencies to download';

const failed = (base: StageStatus, ...lines: string[]): Stages => [
	['base', base],
	['build', 'failed', ...lines],
	['final', 'cancelled'],
];
const failedAt = {stage: 'build', line: 5, exitCode: 3};
const redStderr = '\u001B[91mto stderr\u001B[0m';

/** A rawjson build on CLI 20, which does not know it: nothing but a complaint. */
const refused = (stages: Stages): ExpectedBuild => ({
	engines: '20',
	format: null,
	exitCode: 1,
	stages: stages.map(([name]) => [name, 'cancelled']),
	failure: nowhere,
});

const unbuilt = (
	engines: string,
	format: BuildFormat | null,
	stages: Stages = neverBegun,
): ExpectedBuild => ({
	engines,
	format,
	exitCode: 1,
	stages,
	failure: nowhere,
});

const built = (engines: string, format: BuildFormat | null, stages: Stages): ExpectedBuild => ({
	engines,
	format,
	exitCode: 0,
	stages,
});

const onlyStage = (status: StageStatus, ...lines: string[]): Stages => [['final', status, ...lines]];

const failing = (
	engines: string,
	format: BuildFormat,
	{exitCode = 1, stages, at}: {exitCode?: number; stages: Stages; at: ExpectedBuild['failure'] & object},
): ExpectedBuild => ({engines, format, exitCode, stages, failure: at});

const atLine = (line: number, stage: string | null = null) => ({stage, line, exitCode: null});

export const expectedBuilds: Record<string, ExpectedBuild[]> = {
	'simple-legacy': [built(`${all} 28cli-20engine`, 'legacy', simpleLegacy)],
	'simple-legacy-rawjson': [built(all, 'legacy', simpleLegacy)],
	'simple-legacy-cached': [{...built(all, 'legacy', cachedLegacy), cached: true}],
	'simple-bk-default': [built(all, 'plain', simpleBuildkit)],
	'simple-bk-plain': [built(all, 'plain', simpleBuildkit)],
	'simple-bk-plain-cached': [{...built(all, 'plain', cachedBuildkit), cached: true}],
	'simple-bk-rawjson': [
		built(`${modern} 28cli-20engine`, 'rawjson', simpleBuildkit),
		refused(simpleBuildkit),
	],
	'simple-bk-rawjson-flag': [built(modern, 'rawjson', simpleBuildkit), refused(simpleBuildkit)],
	'simple-bk-rawjson-cached': [
		{...built(modern, 'rawjson', cachedBuildkit), cached: true},
		refused(simpleBuildkit),
	],
	'simple-noenv-rawjson': [built('20', 'legacy', simpleLegacy), built(modern, 'rawjson', simpleBuildkit)],
	'simple-bk-q': [built(all, null, simpleStages())],
	'simple-bk-quiet': [built(modern, null, simpleStages()), refused(simpleBuildkit)],
	'simple-bk-tty': [{...built('20', 'plain', cachedBuildkit), cached: true}, unbuilt(modern, null)],
	'simple-bk-bogus': [unbuilt(all, null)],
	'named-plain': [built(all, 'plain', simpleBuildkit)],
	'parallel-legacy': [built(all, 'legacy', parallel(6))],
	'parallel-plain': [built(`${all} 28cli-20engine`, 'plain', parallel(6))],
	'parallel-rawjson': [built(modern, 'rawjson', parallel(6)), refused(parallel(6))],
	'parallel-slow-plain': [built('20 28', 'plain', parallel(12))],
	'multiline-legacy': [built(all, 'legacy', multiline)],
	'multiline-plain': [built(all, 'plain', multiline)],
	'multiline-rawjson': [built(modern, 'rawjson', multiline)],
	'whoami-legacy': [built(all, 'legacy', whoami(`\u001B[91m${goDownload}\u001B[0m`))],
	'whoami-plain': [built(all, 'plain', whoami(goDownload))],
	'whoami-rawjson': [built(modern, 'rawjson', whoami(goDownload)), refused(whoami(goDownload))],
	'derived-build': [built(all, 'plain', onlyStage('done'))],
	'target-test-legacy': [
		{
			...built(all, 'legacy', simpleStages('cached', 'cached', 'cached', 'skipped')),
			cached: true,
		},
	],
	'target-test-plain': [built(all, 'plain', testOnly)],
	'target-test-rawjson': [built(modern, 'rawjson', testOnly), refused(testOnly)],
	'target-build-legacy': [
		built(all, 'legacy', [
			['base', 'done'],
			['build', 'done', 'Building...'],
			['test', 'skipped'],
			['final', 'skipped'],
		]),
	],
	// Which of its two outputs the engine reads first is chance.
	'fail-legacy': [
		failing('20 26 28', 'legacy', {
			exitCode: 3,
			stages: failed('done', 'to stdout', redStderr),
			at: failedAt,
		}),
		failing('28c', 'legacy', {exitCode: 3, stages: failed('done', redStderr, 'to stdout'), at: failedAt}),
	],
	'fail-plain': [
		failing('20 28 28c', 'plain', {stages: failed('done', 'to stdout', 'to stderr'), at: failedAt}),
		failing('26', 'plain', {stages: failed('done', 'to stderr', 'to stdout'), at: failedAt}),
	],
	'fail-rawjson': [
		failing(modern, 'rawjson', {stages: failed('cached', 'to stdout', 'to stderr'), at: failedAt}),
		refused(failed('cached')),
	],
	'copyfail-legacy': [failing(all, 'legacy', {stages: onlyStage('failed'), at: atLine(2, 'final')})],
	'copyfail-plain': [failing(all, 'plain', {stages: onlyStage('failed'), at: atLine(2, 'final')})],
	'copyfail-rawjson': [
		failing(modern, 'rawjson', {stages: onlyStage('failed'), at: atLine(2, 'final')}),
		refused(onlyStage('failed')),
	],
	'missing-legacy': [failing(all, 'legacy', {stages: [['base', 'failed']], at: atLine(1, 'base')})],
	'missing-plain': [failing(all, 'plain', {stages: [['base', 'failed']], at: atLine(1, 'base')})],
	'missing-rawjson': [
		failing(modern, 'rawjson', {stages: [['base', 'failed']], at: atLine(1, 'base')}),
		refused([['base', 'failed']]),
	],
	'badtarget-legacy': [unbuilt(all, 'legacy')],
	'badtarget-plain': [unbuilt(all, 'plain', neverBegunBuildkit)],
	'badtarget-rawjson': [unbuilt(modern, 'rawjson', neverBegunBuildkit), refused(neverBegun)],
	'syntax-legacy': [failing(all, 'legacy', {stages: [['base', 'cancelled']], at: atLine(2)})],
	'syntax-plain': [failing(all, 'plain', {stages: [['base', 'cancelled']], at: atLine(2)})],
	'syntax-rawjson': [
		failing(modern, 'rawjson', {stages: [['base', 'cancelled']], at: atLine(2)}),
		refused([['base', 'cancelled']]),
	],
	'frontend-legacy': [built(all, 'legacy', onlyStage('done', 'hi'))],
	'frontend-plain': [
		failing(modern, 'plain', {stages: onlyStage('cancelled'), at: atLine(1)}),
		unbuilt('20', 'plain', onlyStage('cancelled')),
	],
	'frontend-rawjson': [
		failing(modern, 'rawjson', {stages: onlyStage('cancelled'), at: atLine(1)}),
		refused(onlyStage('cancelled')),
	],
	'heredoc-legacy': [
		built(modern, 'legacy', onlyStage('done')),
		failing('20', 'legacy', {stages: onlyStage('cancelled'), at: atLine(3)}),
	],
	'heredoc-plain': [
		built(modern, 'plain', onlyStage('done', 'one', 'two')),
		failing('20', 'plain', {stages: onlyStage('cancelled'), at: atLine(3)}),
	],
	'heredoc-rawjson': [built(modern, 'rawjson', onlyStage('done', 'one', 'two'))],
	'stagecase-plain': [failing('20 28', 'plain', {stages: cancelledCapital, at: atLine(12)})],
	'empty-legacy': [unbuilt('20', null), unbuilt(modern, 'legacy')],
	'empty-plain': [unbuilt(all, 'plain', neverBegunBuildkit)],
	'empty-rawjson': [unbuilt(modern, 'rawjson', neverBegunBuildkit), refused(neverBegun)],
	'nodir-legacy': [unbuilt('20', null), unbuilt(modern, 'legacy')],
	'nodir-plain': [unbuilt(all, null)],
	'env-nobuildx-bk0': [{...built('26 28', 'legacy', cachedLegacy), cached: true}],
	'env-nobuildx-bk1': [unbuilt('26 28', null)],
	'env-nobuildx-unset': [{...built('26 28', 'legacy', cachedLegacy), cached: true}],
	'env-nodaemon-build-legacy': [unbuilt('20', null), unbuilt('26 28', 'legacy')],
	'env-nodaemon-build-plain': [unbuilt('20 26 28', null)],
	'env-nodaemon-build-rawjson': [unbuilt('20 26 28', null)],
	'env-permission-build': [unbuilt('20 26 28', null)],
};
