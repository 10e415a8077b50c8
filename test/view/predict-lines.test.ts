import test from 'ava';
import {readDockerfilePlan} from '../../source/session/plan/dockerfile-plan.js';
import type {SessionState} from '../../source/session/state.js';
import {predictLines} from '../../source/view/prediction-lines.js';
import type {Step} from '../../source/workshop/model.js';
import {buildSource} from '../tools/build-source.js';
import {finishedBuild} from '../tui/sample-runs.js';
import {sampleState} from '../tui/sample-state.js';

const folderOf = (text: string) => ({
	read: () => text,
	readShipped: () => null,
});

/** A session whose step builds so many stages and asks which will run. */
const asking = (
	count: number,
	more: Partial<SessionState> = {},
	predict: Step['predict'] = {about: 'stages', resolves: null},
): SessionState => {
	const text = Array.from({length: count}, (_, index) => `FROM alpine AS s${index}\nRUN ${index}`).join('\n');
	const plan = readDockerfilePlan(buildSource('docker build .'), folderOf(text), {environment: {}});
	const state = sampleState({plans: {build: plan}, ...more});
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => ({...step, predict, compare: ['one', 'other']})),
	}));
	return {...state, workshop: {...state.workshop, chapters}};
};

const asks = test.macro<[SessionState, string[], boolean?, number?]>({
	exec(t, state: SessionState, expected: string[], isBrief = false, columns = 60) {
		t.deepEqual(
			predictLines(state, columns, isBrief).map(line => line.map(({text}) => text).join('')),
			expected,
		);
	},
	title: title => title ?? '',
});

const question = 'Which stages will run? Tick them with 1 to 2, if you like.';

test('each stage can be ticked', asks, asking(2), [question, '1 [ ] s0   2 [ ] s1']);
test('what is expected is ticked', asks, asking(2, {predictions: {build: ['s1']}}), [
	question,
	'1 [ ] s0   2 [x] s1',
]);
test('in little room the question is left out', asks, asking(2), ['1 [ ] s0   2 [ ] s1'], true);
test('stages go on in the next line', asks, asking(3), ['1 [ ] s0   2 [ ] s1', '3 [ ] s2'], true, 20);
test(
	'stages behind the ninth are counted',
	asks,
	asking(12),
	[
		'1 [ ] s0   2 [ ] s1   3 [ ] s2   4 [ ] s3   5 [ ] s4',
		'6 [ ] s5   7 [ ] s6   8 [ ] s7   9 [ ] s8',
		'and 3 more without a key',
	],
	true,
);
test('nobody is asked about a single stage', asks, asking(1), []);
test('nobody is asked once it has run', asks, asking(2, {runs: {build: finishedBuild}}), []);
test('nobody is asked while it begins', asks, asking(2, {runningStepId: 'build'}), []);
test('nobody is asked where the step does not', asks, sampleState(), []);

const resolves = 'Because.';
const line = {
	about: 'line',
	choices: ['Hello', 'Good bye to everybody here'],
	otherwise: 'neither',
	resolves,
} as const;
test(
	'a line is one of the choices, each of which is whole',
	asks,
	asking(1, {predictions: {build: ['neither']}}, {...line, choices: [...line.choices]}),
	['1 [ ] Hello', '2 [ ] Good bye to everybody', 'here', '3 [x] neither'],
	true,
	27,
);
test('an image is one of those that are compared', asks, asking(1, {}, {about: 'bigger', resolves}), [
	'Which image will be the biggest? Pick it with 1 to 2, if you',
	'like.',
	'1 [ ] one   2 [ ] other',
]);
test(
	'a number is typed, and stands below the question',
	asks,
	asking(1, {predictions: {build: ['4']}}, {about: 'seconds', tolerance: null, resolves}),
	['How many seconds will it take? a takes your guess, if you', 'like.', 'you said  4'],
);
test(
	'stages may come from the cache',
	asks,
	asking(2, {}, {about: 'cached', choices: null, resolves}),
	['1 [ ] s0   2 [ ] s1'],
	true,
);
