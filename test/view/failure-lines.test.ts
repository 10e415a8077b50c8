import test from 'ava';
import type {Build, Stage, StageStatus} from '../../source/stages/model.js';
import {failureLines} from '../../source/view/failure-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {failedBuild, sampleStage} from '../tui/sample-runs.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const stageOf = ([status, began]: [StageStatus, number | null], index: number): Stage =>
	sampleStage(`stage-${index}`, {status, began, ended: began});

const says = test.macro((t, stages: Array<[StageStatus, number | null]>, expected: string) => {
	const build: Build = {
		...(failedBuild.build as Build),
		stages: stages.map(stageOf),
		failure: {stage: null, instruction: null, line: null, exitCode: null, message: 'it broke', said: []},
	};
	const [first = []] = failureLines(build, null, 80, symbols);
	t.is(first.map(({text}) => text).join(''), `✖ ${expected}`);
});

test(
	'no stage has begun',
	says,
	[
		['cancelled', null],
		['skipped', null],
	],
	'failed before any stage began',
);
test(
	'all stages are done',
	says,
	[
		['done', 0.1],
		['skipped', null],
		['done', 0.4],
	],
	'failed after the last stage',
);
test('all stages came from the cache', says, [['cached', null]], 'failed after the last stage');
test(
	'some are done, others were cut off',
	says,
	[
		['done', 0.1],
		['cancelled', 0.3],
	],
	'failed outside the stages',
);

test('a long instruction and a long line of output are not cut where they matter', t => {
	const long = `RUN ${'step && '.repeat(12)}fail-here`;
	const line = `${'module '.repeat(12)}not-found`;
	const build: Build = {
		...(failedBuild.build as Build),
		stages: [sampleStage('build', {status: 'failed', tail: [line]})],
		failure: {stage: 'build', instruction: long, line: 3, exitCode: 1, message: 'it broke', said: []},
	};
	const rows = failureLines(build, null, 60, symbols).map(row => row.map(({text}) => text).join(''));
	for (const row of rows) t.true(row.length <= 60, row);
	t.true(rows.join('\n').includes('fail-here'));
	t.true(rows.join('\n').includes('not-found'));
});
