import test from 'ava';
import {selectPrimaryIntent} from '../../source/session/intents.js';
import {selectHasPassed, selectStep} from '../../source/session/select.js';
import {selectSeatState} from '../../source/session/select-seat-state.js';
import {selectAnswerSentence} from '../../source/session/select-wording.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';
import {askFirst} from '../tools/question-steps.js';

/** A session at one of the questions, without an engine: a question needs none. */
const openAt = async (stepId: string) => {
	const session = openFakeSession({
		stepId,
		passed: [],
		changeWorkshop: askFirst,
		prepare: ({engine}) => engine.stop(),
	});
	session.begin();
	await session.settled();
	session.send({intent: 'next-step'});
	return session;
};
const ticks = (...places: number[]) => places.map(place => ({intent: 'tick' as const, place}));

test('an answer passes its step, right or wrong, and the first one stays known', async t => {
	const session = await openAt('which-stages');
	const sentence = () => selectAnswerSentence(session.getState(), selectStep(session.getState()));
	const seen = () => selectPrimaryIntent(session.getState())?.intent;
	t.is(seen(), 'leave-unanswered');
	for (const intent of ticks(2, 1)) session.send(intent);
	t.is(seen(), 'give-answer');
	t.deepEqual(session.getState().answers, {}, 'a tick is no answer yet');
	session.send({intent: 'go-on'});
	t.deepEqual(session.getState().answers, {'which-stages': {given: ['All of them'], first: 'wrong'}});
	t.is(session.getState().passed['which-stages']?.finding, 'answered');
	t.is(sentence(), 'Not answered right yet.');
	t.is(seen(), 'next-step');
	session.send({intent: 'tick', place: 2});
	session.send({intent: 'go-on'});
	t.deepEqual(session.getState().answers['which-stages'], {
		given: ['words and the last one'],
		first: 'wrong',
	});
	t.is(sentence(), 'Answered right, but not at first.');
	t.is(session.getState().stepId, 'which-stages');
});

test('where several answers are right, all of them are ticked, and one can be added to the last answer', async t => {
	const session = await openAt('what-stays');
	for (const intent of ticks(1, 2, 2)) session.send(intent);
	session.send({intent: 'go-on'});
	t.deepEqual(session.getState().answers['what-stays']?.given, ['What is copied']);
	session.send({intent: 'tick', place: 3});
	session.send({intent: 'go-on'});
	t.deepEqual(session.getState().answers['what-stays']?.given, [
		'What is copied',
		'What is in its base image',
	]);
});

test('enter goes on without an answer, which is neither right nor wrong and can be given later', async t => {
	const session = await openAt('which-stages');
	session.send({intent: 'go-on'});
	const {stepId, answers, passed} = session.getState();
	t.is(stepId, 'what-stays');
	t.deepEqual(answers, {});
	t.is(passed['which-stages']?.finding, 'not-answered');
	t.false(selectHasPassed(session.getState(), 'which-stages'));
	const {steps} = selectSeatState(session.getState(), {hash: '', handedIn: false, at: 0});
	t.like(steps[0], {step: 'which-stages', verdict: null, finding: null});
	session.send({intent: 'previous-step'});
	t.is(selectAnswerSentence(session.getState(), selectStep(session.getState())), 'Not answered.');
	session.send({intent: 'tick', place: 2});
	session.send({intent: 'go-on'});
	t.true(selectHasPassed(session.getState(), 'which-stages'));
	t.is(session.getState().answers['which-stages']?.first, 'right');
});

test('ticks stay with their question', async t => {
	const session = await openAt('which-stages');
	session.send({intent: 'tick', place: 1});
	session.send({intent: 'next-step'});
	t.is(selectPrimaryIntent(session.getState())?.intent, 'leave-unanswered');
});

test('an answer is typed into a line of its own, which runs nothing', async t => {
	const session = await openAt('how-many');
	session.send({intent: 'type-answer'});
	for (const text of ['1', '2']) session.send({intent: 'type-text', text});
	session.send({intent: 'edit-line', edit: 'older'});
	session.send({intent: 'edit-line', edit: 'home'});
	session.send({intent: 'edit-line', edit: 'erase-next'});
	session.send({intent: 'run-line', line: null});
	t.is(session.getState().commandLine?.text, '2');
	session.send({intent: 'give-answer', text: null});
	t.is(session.getState().commandLine, null);
	t.deepEqual(session.getState().answers['how-many'], {given: ['2'], first: 'wrong'});
	t.deepEqual(session.getState().runs, {});
	t.deepEqual(session.getState().history, []);
});

for (const [typed, notice] of [
	['three', '“three” is not a number: type digits, such as 12 or 0.5.'],
	['  ', null],
] as const) {
	test(`“${typed}” answers no question that asks for a number`, async t => {
		const session = await openAt('how-many');
		session.send({intent: 'give-answer', text: typed});
		t.deepEqual(session.getState().answers, {});
		t.is(session.getState().notice, notice);
	});
}

test('answers outlast the session', async t => {
	const first = await openAt('which-stages');
	first.send({intent: 'tick', place: 2});
	first.send({intent: 'go-on'});
	const kept = first.backend.progress.load().progress;
	t.deepEqual(kept?.answers, {'which-stages': {given: ['words and the last one'], first: 'right'}});
	const again = openFakeSession({progress: kept ?? {}, passed: [], changeWorkshop: askFirst});
	t.is(again.getState().answers['which-stages']?.first, 'right');
});
