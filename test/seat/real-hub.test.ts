import test from 'ava';
import type {Seat} from '../../source/classroom/room.js';
import {openHub} from '../../source/hub/hub.js';
import {meetHub} from '../../source/seat/join.js';
import {createSeatLink} from '../../source/seat/seat-link.js';
import type {JoinedClass} from '../../source/seat/seat-store.js';
import {classView} from '../../source/session/select-class.js';
import {loadSeatKey} from '../../source/storage/seat-key.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createFakeSeatStore} from '../tools/fakes/joined-class.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';
import {settled} from '../tools/settled.js';

const hash = 'a'.repeat(64);
const outline = {id: 'multi-stage', title: 'Multi-stage builds', hash, chapters: []};

test('a seat and the teacher’s own hub: join, work, hand, hint, and on after the hub was resumed', async t => {
	const keep = temporaryFolder();
	const open = (resume: boolean, port: number) =>
		openHub({
			...{title: 'Monday', host: '127.0.0.1', port, workshops: [outline], programHash: null, keep, resume},
			manifest: Buffer.from('{}'),
			handOut: () => (_, response) => response.end(),
			tell: trouble => t.log(trouble),
		});
	const seats = new Map<string, Seat>();
	const watch = (hub: Awaited<ReturnType<typeof open>>) =>
		hub.subscribe(update => {
			for (const seat of update.seats) seats.set(seat.id, seat);
		});
	let hub = await open(false, 0);
	watch(hub);
	const address = {host: '127.0.0.1', port: hub.port};
	const {fingerprint, class: joined, workshops, manifest, join} = await meetHub(address, hub.code);
	t.is(fingerprint, hub.fingerprint);
	const {name, token} = await join({name: 'Ada', key: loadSeatKey(temporaryFolder()), takesOver: null});
	const kept: JoinedClass = {
		...{format: 1, name, address, class: joined, workshops, manifest, fingerprint, token},
		lastMessage: 0,
	};
	const store = createFakeSeatStore(kept);
	const classroom = createSeatLink(kept, {
		store,
		hash: () => hash,
		handedIn: () => false,
		resultsAfter: () => [],
	});
	const session = openFakeSession({
		stepId: 'lab-port',
		classroom,
		prepare: ({engine}) => void engine.addImage({tags: ['whoami:latest']}),
	});
	t.teardown(async () => {
		await session.shutDown();
		await classroom.close();
		await hub.close();
	});
	const seat = (holds: (seat: Seat) => boolean) =>
		settled(
			() => [...seats.values()][0],
			one => one !== undefined && holds(one),
		);
	session.begin();
	await session.settled();
	session.send({intent: 'go-on'});
	session.send({intent: 'run-line', line: 'docker run -d -P whoami -port 5000'});
	const finding = (one: Seat) => one.state?.steps.find(({step}) => step === 'lab-port')?.finding;
	t.is(finding((await seat(one => finding(one) === 'published-wrong-port')) as Seat), 'published-wrong-port');

	session.send({intent: 'toggle-hand'});
	const raised = await seat(one => one.handSince !== null);
	await hub.perform({action: 'lower-hand', seat: raised?.id ?? ''});
	await session.until(state => classView.of(state)?.isHandUp === false, 'a hand that is down');

	await hub.close();
	await session.until(state => classView.of(state)?.presence === 'away', 'away');
	session.send({intent: 'toggle-hand'});
	seats.clear();
	hub = await open(true, address.port);
	watch(hub);
	await session.until(state => classView.of(state)?.presence === 'here', 'here');
	t.true((await seat(one => one.handSince !== null))?.state?.hand);
	await hub.perform({action: 'say', text: 'We are back.'});
	await session.until(state => classView.of(state)?.notes.length === 1, 'the message');
	await hub.perform({action: 'end', erase: false});
	await session.until(state => classView.of(state)?.presence === 'over', 'the end');
	t.is(store.joined, null);
});
