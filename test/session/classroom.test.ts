import test, {type ExecutionContext} from 'ava';
import type {MessageContent} from '../../source/classroom/protocol.js';
import {type ClassView, classView} from '../../source/session/select-class.js';
import {createFakeClassroom} from '../tools/fakes/fake-classroom.js';
import {type FakeSessionOptions, openFakeSession} from '../tools/fakes/open-fake-session.js';

const open = async (t: ExecutionContext, options: FakeSessionOptions = {}) => {
	const classroom = createFakeClassroom();
	const session = openFakeSession({stepId: 'lab-port', ...options, classroom});
	t.teardown(session.shutDown);
	session.begin();
	await session.settled();
	const view = () => classView.of(session.getState()) as ClassView;
	return {classroom, session, view, texts: () => view().notes.map(({text}) => text)};
};

const workshop = 'multi-stage';
const release = (more: Partial<Extract<MessageContent, {kind: 'release'}>>): MessageContent => ({
	...{kind: 'release', workshop, step: 'lab-port', what: 'hint', level: 1, finding: null},
	...more,
});

test('messages wait for each other, whatever else is told, until a key dismisses them', async t => {
	const {classroom, session, texts} = await open(t);
	classroom.say({kind: 'say', text: 'One.'});
	classroom.say({kind: 'say', text: 'Two.'});
	session.send({intent: 'go-on'});
	session.send({intent: 'run-line', line: 'cd /nowhere'});
	t.not(session.getState().notice, null);
	t.deepEqual(texts(), ['One.', 'Two.']);
	session.send({intent: 'dismiss-note'});
	t.deepEqual(texts(), ['Two.']);
	session.send({intent: 'dismiss-note'});
	session.send({intent: 'dismiss-note'});
	t.deepEqual(texts(), []);
});

test('hints that are released open; a solution is offered, but not shown', async t => {
	const {classroom, session, texts} = await open(t);
	classroom.say(release({level: 2}));
	t.is(session.getState().hints['lab-port'], 2);
	classroom.say(release({level: 1}));
	t.is(session.getState().hints['lab-port'], 2, 'what is open stays open');
	classroom.say(release({what: 'solution'}));
	const state = session.getState();
	const step = state.workshop.chapters.flatMap(({steps}) => steps).find(({id}) => id === 'lab-port');
	t.is(state.hints['lab-port'], step?.hints.length);
	t.is(texts().length, 3);
	t.regex(texts().at(-1) ?? '', /solution/);
});

test('the hint for a finding opens once', async t => {
	const {classroom, session} = await open(t);
	const step = session
		.getState()
		.workshop.chapters.flatMap(({steps}) => steps)
		.find(({id}) => id === 'lab-port');
	const finding = step?.fittingHints[0]?.findings[0] ?? '';
	t.not(finding, '');
	classroom.say(release({finding}));
	classroom.say(release({finding}));
	t.deepEqual(session.getState().hintsFor['lab-port'], [{finding, behind: 0}]);
});

test('what an earlier session has shown applies without a word', async t => {
	const {classroom, session, view} = await open(t);
	classroom.say({kind: 'say', text: 'Welcome.'}, false);
	classroom.say(release({}), false);
	classroom.say({kind: 'pace', workshop, chapter: 'buildkit'}, false);
	t.deepEqual(view().notes, []);
	t.is(session.getState().hints['lab-port'], 1);
	t.is(view().pace, 'buildkit');
});

test('the pace locks nothing, and those who are ahead are offered an extra challenge once', async t => {
	const {classroom, session, texts, view} = await open(t);
	classroom.say({kind: 'pace', workshop, chapter: 'buildkit'});
	session.send({intent: 'go-on'});
	t.is(session.getState().stepId, 'lab-port');
	t.is(texts().length, 1);
	t.regex(texts()[0] ?? '', /ahead of the class/);
	session.send({intent: 'next-step'});
	session.send({intent: 'previous-step'});
	t.is(texts().length, 1);
	classroom.say({kind: 'pace', workshop, chapter: null});
	t.is(view().pace, null);
});

test('those who are with the class, or behind it, are offered nothing', async t => {
	const {classroom, session, texts} = await open(t, {stepId: 'build-simple'});
	classroom.say({kind: 'pace', workshop, chapter: 'lab'});
	session.send({intent: 'go-on'});
	t.deepEqual(texts(), []);
});

test('a countdown shows the minutes that are left, and can be ended', async t => {
	const {classroom, view, texts} = await open(t);
	classroom.say({kind: 'countdown', seconds: 601});
	t.is(view().minutesLeft, 11);
	classroom.say({kind: 'countdown', seconds: 0});
	t.is(view().minutesLeft, null);
	t.deepEqual(texts(), []);
});

test('at the end of a countdown, the learner is told', async t => {
	const {classroom, session, texts} = await open(t);
	classroom.say({kind: 'countdown', seconds: 0.05});
	await session.until(state => classView.of(state)?.minutesLeft === null, 'the end of the countdown');
	t.deepEqual(texts(), ['The time is up.']);
});

test('without a class, none of this exists', async t => {
	const session = openFakeSession({stepId: 'lab-port'});
	session.begin();
	await session.settled();
	session.send({intent: 'toggle-hand'});
	session.send({intent: 'dismiss-note'});
	t.deepEqual(session.getState().slices.class, undefined);
});

test('while the class is away, the hand can be raised all the same', async t => {
	const {classroom, session, view} = await open(t);
	classroom.become('away');
	session.send({intent: 'toggle-hand'});
	t.true(view().isHandUp);
	t.true(classroom.report().hand);
	classroom.become('over');
	t.false(view().isHandUp);
	t.true(classroom.notes() > 0);
});
