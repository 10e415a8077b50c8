// Joins a class, whose place comes as a message, with as many seats as the argument says, each with the link that a
// learner's program has. Tells its parent `here` whenever all of them are, and `away` when none is.
import process from 'node:process';
import type {SeatState} from '../../../source/classroom/protocol.js';
import {createSeatLink} from '../../../source/seat/seat-link.js';
import type {ClassPresence} from '../../../source/session/ports.js';
import {firstReport, type HubPlace, TestSeat} from '../../hub/test-seat.js';
import {createFakeSeatStore} from '../../tools/fakes/joined-class.js';

const count = Number(process.argv[2]);

/** Where each seat is; tells when all are in the same place. */
const presences: ClassPresence[] = [];
const note = (number: number, presence: ClassPresence): void => {
	if (presences[number] === presence) return;
	presences[number] = presence;
	if (Object.keys(presences).length === count && presences.every(other => other === presence))
		process.send?.(presence);
};

const state: SeatState = firstReport;

process.once('message', async (hub: HubPlace) => {
	for (let number = 0; number < count; number++) {
		const seat = new TestSeat(hub, `Learner ${number}`);
		const {body, fingerprint} = await seat.hello();
		const {token} = await seat.join();
		const address = {host: hub.host, port: hub.port};
		const joined = {
			...{format: 1 as const, name: seat.name, address, class: body.class, workshops: body.workshops},
			...{manifest: body.manifest, fingerprint, token, lastMessage: 0},
		};
		const link = createSeatLink(joined, {
			store: createFakeSeatStore(joined),
			hash: () => firstReport.workshop.hash,
			handedIn: () => false,
			resultsAfter: () => [],
		});
		link.open(() => state, {onPresence: presence => note(number, presence), onMessage() {}});
	}
});
