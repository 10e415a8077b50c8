import test from 'ava';
import type {RunView} from '../../source/session/state.js';
import type {Build, Stage, StageStatus} from '../../source/stages/model.js';
import {predictionLines} from '../../source/view/prediction-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import type {Prediction, Step} from '../../source/workshop/model.js';
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

test('a stage that the legacy builder ran for nothing is not called needed', t => {
	const {run, state} = builtAs({base: 'done', test: 'done', final: 'done'}, ['base', 'final']);
	const say = (builder: 'legacy' | 'buildkit') =>
		predictionLines(state, {...run, build: {...run.build, builder}}, 300, {
			symbols: selectSymbols({LANG: 'C.UTF-8'}, 'linux'),
			isBrief: true,
		})
			.map(line => line.map(({text}) => text).join(''))
			.join(' ');
	t.is(say('buildkit'), 'Right about 2 of 3 stages. You did not expect test, but it was needed.');
	t.is(
		say('legacy'),
		'Right about 2 of 3 stages. You did not expect test, but it ran: the legacy builder runs every stage up to the target, needed or not.',
	);
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
	`✔ You saw it coming: both other stages are as you said. ${neitherWay}`,
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

/** How a prediction stands below its run. */
const shows = test.macro(
	(t, predict: Prediction, given: string[], more: Partial<RunView>, isBrief: boolean, expected: string[]) => {
		const state = sampleState({predictions: {build: given}});
		const chapters = state.workshop.chapters.map(one => ({
			...one,
			steps: one.steps.map(step => ({...step, predict})),
		}));
		const run: RunView = {...finishedBuild, build: null, ...more};
		const lines = predictionLines({...state, workshop: {...state.workshop, chapters}}, run, 60, {
			symbols: selectSymbols({LANG: 'C.UTF-8'}, 'linux'),
			isBrief,
		});
		t.deepEqual(
			lines.map(line =>
				line
					.map(({text}) => text)
					.join('')
					.trimEnd(),
			),
			expected,
		);
	},
);

const took = {outcome: {ended: 'exited', exitCode: 0, seconds: 4.83}} as const;
const seconds: Prediction = {
	about: 'seconds',
	tolerance: 2,
	resolves: 'The stages `left` and `right` share their time.',
};
test('what was said stands above what it was', shows, seconds, ['5'], took, false, [
	'you said  5 s',
	'it was    4.8 s',
	'✔ You saw it coming.',
]);
test('a surprise is resolved', shows, seconds, ['20'], took, false, [
	'you said  20 s',
	'it was    4.8 s',
	'A surprise. The stages left and right share their time.',
]);
test('in little room, a surprise is told in sentences', shows, seconds, ['20'], took, true, [
	'A surprise: you said 20 s, but it was 4.8 s.',
	'The stages left and right share their time.',
]);
test('nothing is said where nothing was predicted', shows, seconds, [], took, false, []);

const cached: Prediction = {about: 'cached', choices: null, resolves: 'Its input has changed.'};
const [base, build] = stagesOf({base: 'cached', build: 'done'});
const built = {build: {...(finishedBuild.build as Build), stages: [base as Stage, build as Stage]}};
test('what comes from the cache is compared, each by itself', shows, cached, ['build'], built, false, [
	'you said  [ ] base    [x] build',
	'it was     ◆  cached   ✔  done',
	'Right about 0 of 2. You expected build from the cache, but',
	'it was not. You did not expect base from the cache, but it',
	'was.',
	'Its input has changed.',
]);
test('what comes from the cache was foreseen', shows, cached, ['base'], built, true, [
	'✔ You saw it coming.',
]);
