// In a process of its own: hundreds of connections would delay others.
import test, {type ExecutionContext} from 'ava';
import type {Seat} from '../../source/classroom/room.js';
import {openHub} from '../../source/hub/hub.js';
import {settled} from '../tools/settled.js';
import type {Attack, Attacked} from './attacks/attack.js';
import {bodies} from './attacks/on-bodies.js';
import {connections, requests} from './attacks/on-connections.js';
import {codes, seats} from './attacks/on-joining.js';
import {hubOptions} from './test-hub.js';
import {TestSeat} from './test-seat.js';

type Place = Pick<Attacked, 'hub' | 'seats'>;

/** Opens the class that the attacks of a group share, as an attacked one stays open. */
const openAttacked = async (): Promise<Place> => {
	const hub = await openHub(hubOptions);
	const all = new Map<string, Seat>();
	hub.subscribe(({seats: changed}) => {
		for (const seat of changed) all.set(seat.id, seat);
	});
	return {hub, seats: () => [...all.values()]};
};

/** Attacks a class with a good seat in it, and checks that this seat does not notice. */
const withstand = async (t: ExecutionContext, {attack, expected}: Attack, place: Place): Promise<void> => {
	const good = new TestSeat(place.hub, 'Good');
	const {name} = await good.join();
	t.deepEqual(await attack({...place, good}), expected);
	t.is((await good.report({sequence: 1000, hand: true})).status, 200);
	const find = () => place.seats().find(({id}) => id === good.id);
	const seat = await settled(find, found => found?.handSince !== null);
	t.is(seat?.name, name);
	t.not(seat?.handSince, null);
	await good.leave();
};

for (const [group, attacks] of Object.entries({codes, seats, bodies, connections, requests})) {
	let opened: Promise<Place> | null = null;
	for (const attack of attacks) {
		test.serial(`${group}: ${attack.what} disturbs nobody`, async t => {
			opened ??= openAttacked();
			await withstand(t, attack, await opened);
		});
	}
	test.after.always(async () => (await opened)?.hub.close());
}
