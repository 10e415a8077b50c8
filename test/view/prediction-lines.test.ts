import test from 'ava';
import type {Build, Stage, StageStatus} from '../../source/stages/model.js';
import {predictionLines} from '../../source/view/prediction-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import type {Step} from '../../source/workshop/model.js';
import {plannedBuild} from '../tui/sample-plans.js';
import {finishedBuild} from '../tui/sample-runs.js';
import {sampleState} from '../tui/sample-state.js';

const [sample] = plannedBuild.build?.stages ?? [];
const stagesOf = (statuses: Record<string, StageStatus>): Stage[] =>
	Object.entries(statuses).map(([name, status]) => ({...(sample as Stage), name, status, reason: null}));

/** A session whose step asked which stages will run, and its build. */
const builtAs = (statuses: Record<string, StageStatus>, predicted: string[]) => {
	const build = {...(finishedBuild.build as Build), stages: stagesOf(statuses)};
	const state = sampleState({predictions: {build: predicted}});
	const asks = (step: Step): Step => ({...step, predict: {about: 'stages', resolves: null}});
	const chapters = state.workshop.chapters.map(one => ({...one, steps: one.steps.map(asks)}));
	return {run: {...finishedBuild, build}, state: {...state, workshop: {...state.workshop, chapters}}};
};

const says = test.macro((t, statuses: Record<string, StageStatus>, predicted: string[], sentence: string) => {
	const {run, state} = builtAs(statuses, predicted);
	const lines = predictionLines(state, run, 300, {
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
