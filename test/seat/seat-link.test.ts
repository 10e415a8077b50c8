import test from 'ava';
import {openFakeHub} from '../tools/fakes/fake-hub.js';
import {createFakeSeatStore, joinedClass} from '../tools/fakes/joined-class.js';
import {settled} from '../tools/settled.js';
import {openInClass} from './open-in-class.js';

test('the class is told where the learner is, soon after each change', async t => {
	const hub = await openFakeHub(t);
	const {session, is} = await openInClass(t, hub, {stepId: 'build-simple-buildkit'});
	await is('here');
	session.send({intent: 'go-on'});
	await settled(
		() => hub.reports.at(-1)?.step,
		step => step === 'build-simple-buildkit',
	);
	session.send({intent: 'run'});
	const told = await settled(
		() => hub.reports.at(-1)?.steps.find(({step}) => step === 'build-simple-buildkit'),
		step => step?.verdict === 'passed',
	);
	t.like(told, {verdict: 'passed', finding: null, attempts: 1});
	t.is(hub.reports.at(-1)?.name, 'Ada');
	const sequences = hub.reports.map(({sequence}) => sequence);
	t.deepEqual(
		sequences,
		[...new Set(sequences)].sort((a, b) => a - b),
	);
});

test('a hand that is up is told, and is down when the teacher has lowered it', async t => {
	const hub = await openFakeHub(t);
	const {session, is, sees} = await openInClass(t, hub);
	await is('here');
	session.send({intent: 'toggle-hand'});
	await settled(() => hub.reports.at(-1)?.hand, Boolean);
	hub.say({kind: 'hand-lowered'});
	await sees(view => !view.isHandUp, 'a hand that is down');
	t.is(
		await settled(
			() => hub.reports.at(-1)?.hand,
			hand => hand === false,
		),
		false,
	);
});

test('a hub that is back after its end has all that happened meanwhile', async t => {
	const hub = await openFakeHub(t);
	const {session, is} = await openInClass(t, hub, {stepId: 'build-simple-buildkit'});
	await is('here');
	await hub.kill();
	await is('away');
	session.send({intent: 'go-on'});
	session.send({intent: 'run'});
	await session.until(({passed}) => passed['build-simple-buildkit'] !== undefined, 'a pass');
	session.send({intent: 'toggle-hand'});
	const {certificate, token, address} = hub;
	const next = await openFakeHub(t, {certificate, token, port: address.port});
	await is('here');
	const report = await settled(
		() => next.reports.at(-1),
		seen => seen?.hand === true,
	);
	t.is(report?.steps.find(({step}) => step === 'build-simple-buildkit')?.verdict, 'passed');
});

test('a program that starts again goes on behind the reports of its start before, and shows no message twice', async t => {
	const hub = await openFakeHub(t);
	const first = await openInClass(t, hub, {stepId: 'build-simple'});
	await first.is('here');
	hub.say({kind: 'say', text: 'Welcome.'});
	hub.say({kind: 'pace', workshop: 'multi-stage', chapter: 'buildkit'});
	await first.sees(({notes, pace}) => notes.length === 1 && pace === 'buildkit', 'both');
	first.session.send({intent: 'toggle-hand'});
	await settled(() => hub.reports.at(-1)?.hand, Boolean);
	await first.close();
	const before = hub.reports.at(-1)?.sequence ?? 0;
	const second = await openInClass(t, hub, {store: first.store});
	const view = await second.sees(({pace}) => pace === 'buildkit', 'the pace');
	t.deepEqual(view.notes, []);
	await settled(
		() => hub.reports.at(-1)?.hand,
		hand => hand === false,
	);
	t.true((hub.reports.at(-1)?.sequence ?? 0) > before);
});

for (const [refused, presence] of [
	['class-is-over', 'over'],
	['unknown-seat', 'left'],
	['taken-over', 'elsewhere'],
	['other-format', 'left'],
] as const) {
	test(`a seat that is refused with ${refused} is ${presence}, and is told so`, async t => {
		const hub = await openFakeHub(t);
		hub.refuse(refused);
		const {is, session, store} = await openInClass(t, hub);
		const view = await is(presence);
		t.is(view.notes.length, 1);
		session.send({intent: 'dismiss-note'});
		session.send({intent: 'toggle-hand'});
		t.false(view.isHandUp, 'nobody would see it');
		t.is(store.joined === null, presence === 'over');
	});
}

test('after a temporary refusal, the seat tries again', async t => {
	const hub = await openFakeHub(t);
	hub.refuse('too-many-tries');
	const {is} = await openInClass(t, hub);
	await is('away');
	hub.refuse(null);
	t.is((await is('here')).presence, 'here');
});

test('of two copies of the program, one is the seat', async t => {
	const hub = await openFakeHub(t);
	const {is} = await openInClass(t, hub, {store: createFakeSeatStore(joinedClass(hub), true)});
	await is('elsewhere');
	t.is(hub.received(), '');
});

test('joining again with a new address in another terminal moves the open program there', async t => {
	const hub = await openFakeHub(t);
	const {is, store, session} = await openInClass(t, hub);
	await is('here');
	const moved = await openFakeHub(t, {certificate: hub.certificate});
	store.save({...joinedClass(moved), fingerprint: hub.fingerprint});
	await hub.kill();
	await settled(
		() => moved.reports.length,
		count => count > 0,
	);
	await is('here');
	session.send({intent: 'toggle-hand'});
	t.true(await settled(() => moved.reports.at(-1)?.hand === true, Boolean));
});

test('leaving in another terminal ends the connection', async t => {
	const hub = await openFakeHub(t);
	const {is, store} = await openInClass(t, hub);
	await is('here');
	store.forget();
	await hub.kill();
	t.is((await is('left')).presence, 'left');
});

test('what was done last is told when the program ends', async t => {
	const hub = await openFakeHub(t);
	const {is, session, close} = await openInClass(t, hub);
	await is('here');
	await settled(
		() => hub.reports.length,
		count => count > 0,
	);
	session.send({intent: 'go-on'});
	session.send({intent: 'toggle-hand'});
	await close();
	t.like(hub.reports.at(-1), {step: 'build-why-single', hand: true});
});
