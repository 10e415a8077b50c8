import test from 'ava';
import {deriveKey, isSameProof, proveCode} from '../../source/classroom/join-code.js';
import {routes} from '../../source/classroom/protocol.js';
import type {BoardUpdate, Seat} from '../../source/classroom/room.js';
import type {Hub} from '../../source/hub/hub.js';
import {meetHub} from '../../source/seat/join.js';
import {settled} from '../tools/settled.js';
import {hubOptions, openTestHub, outline} from './test-hub.js';
import {send, TestSeat, untouched} from './test-seat.js';

/** What a board would show: all seats and the class, kept up to date. */
const watch = (hub: Hub) => {
	const seats = new Map<string, Seat>();
	let state: BoardUpdate['class'];
	hub.subscribe(update => {
		state = update.class ?? state;
		for (const seat of update.seats) seats.set(seat.id, seat);
		for (const id of update.removed ?? []) seats.delete(id);
	});
	return {seats, state: () => state};
};

/** Waits until a seat is as wanted. */
const see = async (
	seats: Map<string, Seat>,
	id: string,
	isWanted: (seat: Seat) => boolean,
): Promise<boolean> => {
	const seat = await settled(
		() => seats.get(id),
		found => found !== undefined && isWanted(found),
	);
	return seat !== undefined && isWanted(seat);
};

test('the hub proves that it knows the code, and tells what the class is about', async t => {
	const hub = await openTestHub(t);
	const nonce = Buffer.alloc(32, 7).toString('base64url');
	const {body, fingerprint} = await new TestSeat(hub).hello(nonce);
	t.is(fingerprint, hub.fingerprint);
	const key = await deriveKey(hub.code, body.salt);
	t.true(isSameProof(body.proof, proveCode('hub', {key, fingerprint, nonce})));
	t.is(body.class.title, 'Room 12');
	t.deepEqual(body.workshops, [{id: outline.id, hash: outline.hash}]);
	const manifest = await send(hub, {method: 'GET', path: routes.manifest});
	t.deepEqual(manifest.body, JSON.parse(hubOptions.manifest.toString()));
});

test('TLS and plain HTTP share a port, and each has its own pages', async t => {
	const hub = await openTestHub(t);
	const plain = await send(hub, {method: 'GET', path: '/', isPlain: true});
	t.deepEqual([plain.status, plain.body], [200, 'hand-out']);
	t.is((await send(hub, {method: 'GET', path: '/'})).status, 404);
	t.is((await send(hub, {method: 'GET', path: routes.manifest, isPlain: true})).body, 'hand-out');
});

test('a report is on the board, with the time since when it is so', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	const step = {...untouched('first-build'), verdict: 'failed' as const, finding: 'published-wrong-port'};
	const fail = (attempts: number) => seat.report({steps: [{...step, attempts}]});
	t.is((await fail(1)).body.sequence, 1);
	t.true(await see(seats, seat.id, ({sameFinding}) => sameFinding === 1));
	const first = seats.get(seat.id);
	await fail(2);
	await fail(3);
	t.true(await see(seats, seat.id, ({sameFinding}) => sameFinding === 3));
	t.is(seats.get(seat.id)?.changedAt, first?.changedAt);
	t.is(first?.state?.steps[0]?.finding, 'published-wrong-port');
	await seat.report({steps: [{...step, verdict: 'passed', finding: null, attempts: 4}]});
	t.true(await see(seats, seat.id, ({sameFinding}) => sameFinding === 0));
	t.true((seats.get(seat.id)?.changedAt ?? 0) >= (first?.changedAt ?? 0));
});

test('a workshop of another content is marked as another version', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	await seat.report({workshop: {id: outline.id, hash: 'b'.repeat(64)}});
	t.true(await see(seats, seat.id, ({isOtherVersion}) => isOtherVersion));
	await seat.report();
	t.true(await see(seats, seat.id, ({isOtherVersion}) => !isOtherVersion));
});

test('a report that is not newer than the last changes nothing, and the answer says which one was the last', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	await seat.report({sequence: 5, hand: true});
	for (const sequence of [5, 4, 0]) t.is((await seat.report({sequence, hand: false})).body.sequence, 5);
	t.true(await see(seats, seat.id, ({handSince}) => handSince !== null));
	t.is((await seat.report({sequence: 6})).body.sequence, 6);
});

test('results are taken as far as they continue the chain of the seat', async t => {
	const hub = await openTestHub(t);
	const [seat, other] = [new TestSeat(hub), new TestSeat(hub, 'Bob')];
	await seat.join();
	const [one, two, three] = [seat.addResult(), seat.addResult(), seat.addResult()];
	const foreign = other.addResult();
	const rows = [
		{sent: [foreign], has: 0},
		{sent: [two], has: 0},
		{sent: [{...one, verdict: 'failed' as const}], has: 0},
		{sent: [one, three], has: 1},
		{sent: [one, two], has: 2},
		{sent: [one], has: 2},
		{sent: [three], has: 3},
	];
	for (const {sent, has} of rows) t.is((await seat.report({results: sent})).body.results, has);
	t.is((await seat.join()).results, 3);
});

test('the same name twice becomes “Ada 2”, and a seat that comes back keeps its name', async t => {
	const hub = await openTestHub(t);
	const names = ['Ada', 'ada', 'ＡＤＡ', 'Bob', 'x'.repeat(40), 'x'.repeat(40)];
	const joined = names.map(name => new TestSeat(hub, name));
	const given = [];
	for (const seat of joined) given.push((await seat.join()).name);
	t.deepEqual(given, ['Ada', 'ada 2', 'ＡＤＡ 3', 'Bob', 'x'.repeat(40), `${'x'.repeat(38)} 2`]);
	t.is((await joined[1]?.join())?.name, 'ada 2');
});

test('a learner can choose another name later, and what the teacher renames stays', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const [ada, bob] = [new TestSeat(hub), new TestSeat(hub, 'Bob')];
	await ada.join();
	await bob.join();
	await bob.report({name: 'Ada'});
	t.true(await see(seats, bob.id, ({name}) => name === 'Ada 2'));
	await ada.report({name: 'Bob'});
	t.true(await see(seats, ada.id, ({name}) => name === 'Bob'));
	await bob.join();
	await hub.perform({action: 'rename', seat: bob.id, name: 'Robert'});
	for (const [number, name] of ['Bob', 'Bob 2', 'Robert'].entries()) {
		await bob.report({name, step: null, ready: [{id: `check-${number}`, verdict: 'passed'}]});
		t.true(await see(seats, bob.id, ({state}) => state?.ready[0]?.id === `check-${number}`));
		t.is(seats.get(bob.id)?.name, 'Robert');
	}
	await bob.report({name: 'Bobby'});
	t.true(await see(seats, bob.id, ({name}) => name === 'Bobby'));
});

test('messages come as soon as they are sent, in order, and only to whom they are meant for', async t => {
	const hub = await openTestHub(t);
	const [ada, bob] = [new TestSeat(hub), new TestSeat(hub, 'Bob')];
	await ada.join();
	await bob.join();
	const waiting = ada.messages();
	await hub.perform({action: 'say', text: 'Hello\n\u001B[31m<b>there</b>\u202E'});
	t.deepEqual((await waiting).body.messages, [{number: 1, kind: 'say', text: 'Hello <b>there</b>'}]);
	await hub.perform({action: 'pace', workshop: outline.id, chapter: 'second'});
	await hub.perform({action: 'lower-hand', seat: bob.id});
	await hub.perform({
		action: 'release',
		workshop: outline.id,
		step: 'first-build',
		what: 'hint',
		level: 2,
		finding: null,
	});
	t.true((await ada.report()).body.messages);
	const numbers = async (seat: TestSeat) => (await seat.messages(1)).body.messages.map(({number}) => number);
	t.deepEqual(await numbers(ada), [2, 4]);
	t.deepEqual(await numbers(bob), [2, 3, 4]);
	const [, , release] = (await bob.messages(1)).body.messages;
	t.like(release, {kind: 'release', step: 'first-build', level: 2});
	const last = ada.messages(4);
	t.false((await ada.report()).body.messages);
	await hub.perform({action: 'countdown', seconds: 0});
	t.is((await last).body.messages.length, 1);
});

test('who joins late gets what holds, not what was said before', async t => {
	const hub = await openTestHub(t);
	await hub.perform({action: 'say', text: 'Good morning'});
	for (const chapter of ['first', 'second'])
		await hub.perform({action: 'pace', workshop: outline.id, chapter});
	await hub.perform({action: 'countdown', seconds: 600});
	const late = new TestSeat(hub);
	await late.join();
	const {messages} = (await late.messages()).body;
	t.deepEqual(
		messages.map(({kind}) => kind),
		['pace', 'countdown'],
	);
	t.like(messages[0], {chapter: 'second'});
	const left = messages[1]?.kind === 'countdown' ? messages[1].seconds : 0;
	t.true(left > 0 && left <= 600);
});

test('a lowered hand stays down until the seat has heard of it', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	await seat.report({hand: true});
	t.true(await see(seats, seat.id, ({handSince}) => handSince !== null));
	await hub.perform({action: 'lower-hand', seat: seat.id});
	t.true(await see(seats, seat.id, ({handSince}) => handSince === null));
	await seat.report({hand: true, step: null});
	t.true(await see(seats, seat.id, ({state, handSince}) => state?.step === null && handSince === null));
	await seat.report({hand: false});
	await seat.report({hand: true});
	t.true(await see(seats, seat.id, ({handSince}) => handSince !== null));
});

test('a hand that is raised again as soon as the seat has heard is seen with its next report', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	await seat.report({hand: true});
	await hub.perform({action: 'lower-hand', seat: seat.id});
	const {messages} = (await seat.messages()).body;
	// It has not asked for the next message yet.
	await seat.report({hand: true, lastMessage: messages.at(-1)?.number ?? 0});
	t.true(await see(seats, seat.id, ({handSince}) => handSince !== null));
});

test('a seat that hands in is shown as such at once, between two reports', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	await seat.report();
	t.is((await seat.handIn()).status, 200);
	t.true(await see(seats, seat.id, ({state}) => state?.handedIn === true));
});

test('a seat that leaves is shown as such, and can join again', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const seat = new TestSeat(hub);
	await seat.join();
	t.is((await seat.leave()).status, 200);
	t.true(await see(seats, seat.id, ({presence}) => presence === 'left'));
	t.deepEqual((await seat.report()).body, {refused: 'unknown-seat'} as unknown);
	await seat.join();
	t.is((await seat.report()).status, 200);
	t.true(await see(seats, seat.id, ({presence}) => presence === 'here'));
});

test('another laptop takes the seat over with the results of the first', async t => {
	const hub = await openTestHub(t);
	const {seats} = watch(hub);
	const [old, fresh] = [new TestSeat(hub), new TestSeat(hub)];
	await old.join();
	await old.report({results: [old.addResult()], hand: true});
	const takesOver = {key: old.key.publicKey, results: old.chain};
	t.deepEqual(await fresh.join({takesOver}), {name: 'Ada', token: fresh.token, results: 0});
	t.true(await see(seats, fresh.id, ({state}) => state?.step === 'first-build'));
	t.false(seats.has(old.id));
	t.deepEqual((await old.report()).body, {refused: 'taken-over'} as unknown);
	t.is((await fresh.report()).status, 200);
});

test('a chain that is longer than a request can be is taken over, too', async t => {
	const hub = await openTestHub(t);
	const old = new TestSeat(hub);
	await old.join();
	await old.report();
	for (let count = 0; count < 600; count++) old.addResult();
	const met = await meetHub({host: '127.0.0.1', port: hub.port}, hub.code);
	const takesOver = {key: old.key.publicKey, results: old.chain};
	t.is((await met.join({name: 'Ada', key: new TestSeat(hub).key, takesOver})).name, 'Ada');
	t.deepEqual((await old.report()).body, {refused: 'taken-over'} as unknown);
});

test('the board gets the pace, the countdown, what was released and what was said', async t => {
	const hub = await openTestHub(t);
	const {state} = watch(hub);
	for (let number = 1; number <= 25; number++) await hub.perform({action: 'say', text: `Message ${number}`});
	await hub.perform({action: 'pace', workshop: outline.id, chapter: 'second'});
	await hub.perform({action: 'countdown', seconds: 60});
	const release = {
		workshop: outline.id,
		step: 'first-run',
		what: 'solution' as const,
		level: 0,
		finding: null,
	};
	await hub.perform({action: 'release', ...release});
	const shown = await settled(state, current => current?.released.length === 1);
	t.like(shown, {
		code: hub.code,
		address: `127.0.0.1:${hub.port}`,
		pace: {workshop: outline.id, chapter: 'second'},
		released: [{kind: 'release', ...release}],
		isOver: false,
	});
	t.is(shown?.said.length, 20);
	t.is(shown?.said.at(-1), 'Message 25');
	t.true((shown?.countdownEndsAt ?? 0) > 0);
	await hub.perform({action: 'pace', workshop: outline.id, chapter: null});
	t.is((await settled(state, current => current?.pace === null))?.pace, null);
});

test('an action that no seat could show is refused, and says why', async t => {
	const hub = await openTestHub(t);
	const release = {action: 'release' as const, workshop: outline.id, step: 'first-build'};
	const rows = [
		[{action: 'say' as const, text: ' \u200B '}, /no text/],
		[{action: 'say' as const, text: 'x'.repeat(201)}, /201 characters/],
		[{action: 'pace' as const, workshop: 'other', chapter: null}, /workshop other/],
		[{action: 'pace' as const, workshop: outline.id, chapter: 'third'}, /chapter third/],
		[{...release, step: 'third', what: 'hint' as const, level: 1, finding: null}, /step third/],
		[{...release, what: 'hint' as const, level: 3, finding: null}, /hint 3/],
		[{...release, what: 'hint' as const, level: 1, finding: 'no-such'}, /hint for no-such/],
		[{...release, what: 'solution' as const, level: 0, finding: null}, /no solution/],
		[{action: 'lower-hand' as const, seat: 'nobody'}, /no such seat/],
		[{action: 'rename' as const, seat: 'nobody', name: 'Ada'}, /no such seat/],
	] as const;
	for (const [action, message] of rows) await t.throwsAsync(hub.perform(action), {message});
});

test('after its end a class takes reports and nobody new; erased, it knows nothing', async t => {
	const hub = await openTestHub(t);
	const {seats, state} = watch(hub);
	const [ada, bob] = [new TestSeat(hub), new TestSeat(hub, 'Bob')];
	await ada.join();
	const late = await bob.joinRequest();
	const waiting = ada.messages();
	await hub.perform({action: 'end', erase: false});
	t.like((await waiting).body.messages[0], {kind: 'end'});
	t.is((await ada.report()).status, 200);
	t.deepEqual((await bob.send({path: routes.join, body: late})).body, {refused: 'class-is-over'});
	t.deepEqual((await bob.hello()).body, {refused: 'class-is-over'} as unknown);
	await hub.perform({action: 'end', erase: true});
	t.deepEqual((await ada.report()).body, {refused: 'class-is-over'} as unknown);
	await settled(
		() => seats.size,
		size => size === 0,
	);
	t.is(seats.size, 0);
	t.true(state()?.isOver);
});
