import test from 'ava';
import type {Stage, StageStatus} from '../../source/stages/model.js';
import {predictionLines} from '../../source/view/prediction-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {plannedBuild} from '../tui/sample-plans.js';

const [sample] = plannedBuild.build?.stages ?? [];
const stagesOf = (statuses: Record<string, StageStatus>): Stage[] =>
	Object.entries(statuses).map(([name, status]) => ({...(sample as Stage), name, status, reason: null}));

const says = test.macro((t, statuses: Record<string, StageStatus>, predicted: string[], sentence: string) => {
	const lines = predictionLines(predicted, stagesOf(statuses), 300, {
		symbols: selectSymbols({LANG: 'C.UTF-8'}, 'linux'),
		isBrief: true,
	});
	t.is(lines.map(line => line.map(({text}) => text).join('')).join(' '), sentence);
});

const rebuilt: Record<string, StageStatus> = {
	base: 'cached',
	build: 'cached',
	test: 'skipped',
	final: 'done',
};
const neitherWay =
	'base and build came from the cache: the build needed them, but did not run them again, so they count neither way.';
test(
	'stages from the cache count neither as foreseen nor as wrong, whatever was ticked',
	says,
	rebuilt,
	['base', 'final'],
	`✔ You saw it coming: all 2 other stages are as you said. ${neitherWay}`,
);
test(
	'what is wrong beside stages from the cache is counted without them',
	says,
	rebuilt,
	['base', 'test', 'final'],
	`Right about 1 of 2 stages. You expected test, but it was skipped. ${neitherWay}`,
);
test(
	'where all came from the cache, nothing is judged',
	says,
	{base: 'cached'},
	['base'],
	'base came from the cache: the build needed it, but did not run it again, so it counts neither way.',
);
