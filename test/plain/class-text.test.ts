import test from 'ava';
import {createClassAnnouncer} from '../../source/plain/class-text.js';
import {choicesFor} from '../../source/plain/menu.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import {createFakeClassroom} from '../tools/fakes/fake-classroom.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';

test('plain lines tell what happens in a class, each once, and offer to raise the hand', async t => {
	const classroom = createFakeClassroom();
	const session = openFakeSession({stepId: 'build-simple', classroom});
	t.teardown(session.shutDown);
	const page = createPlainPage({LANG: 'C.UTF-8'}, 76);
	const announce = createClassAnnouncer(page);
	const told = () => page.text(announce(session.getState()));
	t.deepEqual(told(), []);
	session.begin();
	await session.settled();
	t.deepEqual(told(), ['The class “Containers on Monday” hears from you.']);
	classroom.say({kind: 'say', text: 'Run `multistage-workshop reset`.'});
	classroom.say({kind: 'pace', workshop: 'multi-stage', chapter: 'lab'});
	classroom.say({kind: 'countdown', seconds: 600});
	t.deepEqual(told(), [
		'The class is at chapter 8, “Lab”.',
		'10 minutes left.',
		'Teacher: Run `multistage-workshop reset`.',
	]);
	t.deepEqual(told(), []);
	const hand = choicesFor(session.getState()).find(({key}) => key === '!');
	t.like(hand, {label: 'raise your hand', intent: {intent: 'toggle-hand'}});
	session.send({intent: 'toggle-hand'});
	classroom.become('away');
	t.deepEqual(told(), ['The class does not answer. Go on; it is told later.', 'Your hand is up.']);
	t.is(choicesFor(session.getState()).find(({key}) => key === '!')?.label, 'lower your hand');
	classroom.become('over');
	t.deepEqual(told(), [
		'Your hand is down.',
		'The class is over. You can go on here, and what you did is kept.',
	]);
	t.is(
		choicesFor(session.getState()).find(({key}) => key === '!'),
		undefined,
	);
});
