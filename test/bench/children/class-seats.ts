// Simulates the learners of a class, whose place comes as a message: they join within half a minute, wait for messages,
// and report once every 5 seconds for as many seconds as the second argument says. The first one is their number.
import {Agent} from 'node:https';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type HubPlace, TestSeat, untouched} from '../../hub/test-seat.js';

/**
 * `sent`: the seat, its number of attempts, and when it was sent, in milliseconds of the system's clock.
 * `joinedAfter`: milliseconds until all had joined. `acknowledged`: the results that the hub has, of all seats.
 */
export type SeatFigures = {sent: Array<[string, number, number]>; joinedAfter: number; acknowledged: number};

const [count = 300, seconds = 300] = process.argv.slice(2).map(Number);
const joinWithin = 30_000;
const every = 5000;

const sent: SeatFigures['sent'] = [];
let acknowledged = 0;

const join = async (hub: HubPlace, number: number): Promise<TestSeat> => {
	const agent = new Agent({keepAlive: true, maxSockets: 2});
	const seat = new TestSeat(hub, `Learner ${number}`, agent);
	await pause((joinWithin * number) / count);
	await seat.join();
	return seat;
};

/** Waits for messages until the process ends. */
const listen = async (seat: TestSeat): Promise<void> => {
	for (;;) await seat.messages();
};

const work = async (seat: TestSeat): Promise<void> => {
	await pause(Math.random() * every);
	for (let attempts = 1; attempts <= seconds / (every / 1000); attempts++) {
		const next = performance.now() + every;
		const judged = {...untouched('first-build'), verdict: 'failed' as const, attempts};
		const result = seat.addResult(judged);
		sent.push([seat.id, attempts, Date.now()]);
		const {body} = await seat.report({steps: [judged], results: [result]});
		if (attempts >= seconds / (every / 1000)) acknowledged += body.results;
		await pause(Math.max(0, next - performance.now()));
	}
};

process.once('message', async (hub: HubPlace) => {
	const start = performance.now();
	const seats = await Promise.all(Array.from({length: count}, (_, number) => join(hub, number)));
	const joinedAfter = performance.now() - start;
	for (const seat of seats) void listen(seat);
	await Promise.all(seats.map(work));
	const figures: SeatFigures = {sent, joinedAfter, acknowledged};
	process.send?.(figures, () => process.exit());
});
