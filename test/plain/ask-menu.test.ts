import test from 'ava';
import {mainMenu} from '../../source/plain/menu.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import type {Intent} from '../../source/session/intents.js';
import type {SessionState} from '../../source/session/state.js';
import type {Prediction} from '../../source/workshop/model.js';
import {askFirst} from '../tools/question-steps.js';
import {sampleState} from '../tui/sample-state.js';

const page = createPlainPage({LANG: 'C.UTF-8'}, undefined);

const atQuestion = (stepId: string, given: string[] = []): SessionState => {
	const state = sampleState({
		stepId,
		answers: given.length > 0 ? {[stepId]: {given, first: 'wrong'}} : {},
	});
	return {...state, workshop: askFirst(state.workshop)};
};
const beforeRun = (predict: Prediction, given: string[] = []): SessionState => {
	const state = sampleState({stepId: 'sizes', predictions: {sizes: given}});
	const chapters = state.workshop.chapters.map(chapter => ({
		...chapter,
		steps: chapter.steps.map(step => ({...step, predict, compare: ['one', 'other']})),
	}));
	return {...state, workshop: {...state.workshop, chapters}};
};
const resolves = 'Because.';
const bigger: Prediction = {about: 'bigger', resolves};
const seconds: Prediction = {about: 'seconds', tolerance: null, resolves};

/** What an answer to the question for answers asks of the session, and what is said. */
const asks = test.macro({
	exec(t, key: string, state: SessionState, typed: string, intents: Intent[], said: string[] = []) {
		const {menu} = mainMenu(state, page).answer(key);
		const result = menu?.answer(typed);
		t.deepEqual(result?.intents, intents);
		t.deepEqual(
			page.text(result?.lines ?? []).filter(line => line !== ''),
			said,
		);
	},
	title: (title = '') => title,
});

const tick = (place: number): Intent => ({intent: 'tick', place});
const give = (text: string | null): Intent => ({intent: 'give-answer', text});

test('the number of an answer is the answer', asks, 'answer', atQuestion('which-stages'), '2', [
	tick(2),
	give(null),
]);
test(
	'where one answer is right, two are none',
	asks,
	'answer',
	atQuestion('which-stages'),
	'1 2',
	[],
	['Type one number only.'],
);
test(
	'what is no number is refused',
	asks,
	'answer',
	atQuestion('which-stages'),
	'one',
	[],
	['“one” is none of the numbers.'],
);
test(
	'several answers may be given at once, and replace the last ones',
	asks,
	'answer',
	atQuestion('what-stays', ['What is copied']),
	'2,3',
	[tick(1), tick(2), tick(3), give(null)],
);
test(
	'the same answers again are judged again',
	asks,
	'answer',
	atQuestion('what-stays', ['What is copied']),
	'1',
	[],
	['Not quite. One more answer is right.'],
);
test('an answer is typed', asks, 'answer', atQuestion('how-many'), '3', [give('3')]);
test('nothing typed is no answer', asks, 'answer', atQuestion('how-many'), ' ', []);
test('an image is picked', asks, 'predict', beforeRun(bigger), '1', [tick(1)], ['You expect: one.']);
test(
	'another image takes its place',
	asks,
	'predict',
	beforeRun(bigger, ['one']),
	'2',
	[tick(2)],
	['You expect: other.'],
);
test('a number is predicted', asks, 'predict', beforeRun(seconds), '12', [give('12')]);

test('a prediction that is typed says what is asked', t => {
	const {menu} = mainMenu(beforeRun(seconds), page).answer('p');
	t.deepEqual(page.text(menu?.lines ?? []), [
		'How many seconds will it take? Type your answer; enter alone gives none.',
	]);
});
