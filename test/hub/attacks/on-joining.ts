import {randomBytes} from 'node:crypto';
import {deriveKey, fingerprintOf, proveCode} from '../../../source/classroom/join-code.js';
import {limits, routes} from '../../../source/classroom/protocol.js';
import {isDeep} from '../../tools/deep.js';
import {settled} from '../../tools/settled.js';
import {joinMany} from '../join-many.js';
import {firstReport, TestSeat} from '../test-seat.js';
import {type Attack, joinWith, outcome, outcomeOf, reportWith} from './attack.js';

/** Attacks on the code. */
export const codes: Attack[] = [
	{
		what: 'a wrong code',
		async attack({hub}) {
			const seat = new TestSeat(hub, 'Mallory');
			return outcome(await seat.send({path: routes.join, body: await seat.joinRequest('000-000')}));
		},
		expected: '403 wrong-code',
	},
	{
		what: 'the proof of the hub, sent back to it',
		async attack({hub}) {
			const seat = new TestSeat(hub, 'Mallory');
			const request = await seat.joinRequest('000-000');
			const {body} = await seat.hello(request.nonce);
			return joinWith(seat, one => ({...one, proof: body.proof}));
		},
		expected: '403 wrong-code',
	},
	{
		what: 'somebody in between, with another certificate, who passes on the proof of a seat',
		async attack({hub}) {
			const victim = new TestSeat(hub, 'Victim');
			const {body} = await victim.hello();
			const key = await deriveKey(hub.code, body.salt);
			const fingerprint = fingerprintOf(Buffer.from('the certificate of the one in between'));
			const proof = proveCode('seat', {key, fingerprint, nonce: body.nonce});
			const signature = Buffer.from(victim.key.sign(Buffer.from(body.nonce, 'base64url')));
			return joinWith(victim, request => ({
				...request,
				nonce: body.nonce,
				proof,
				signature: signature.toString('base64url'),
			}));
		},
		expected: '403 wrong-code',
	},
	{
		what: 'a join that was recorded, sent again',
		async attack({hub}) {
			const seat = new TestSeat(hub, 'Bob');
			const request = await seat.joinRequest();
			const body = JSON.stringify(request);
			const first = outcome(await seat.send({path: routes.join, body}));
			return [first, outcome(await seat.send({path: routes.join, body}))];
		},
		expected: ['200', '400 invalid'],
	},
	{
		what: 'a nonce that the hub did not make',
		attack: ({hub}) =>
			joinWith(new TestSeat(hub, 'Mallory'), request => ({
				...request,
				nonce: randomBytes(32).toString('base64url'),
			})),
		expected: '400 invalid',
	},
	{
		what: 'the key of another seat, without its signature',
		attack: ({hub, good}) =>
			joinWith(new TestSeat(hub, 'Mallory'), request => ({...request, key: good.key.publicKey})),
		expected: '400 invalid',
	},
	{
		what: 'a key that is none',
		attack: ({hub}) =>
			joinWith(new TestSeat(hub, 'Mallory'), request => ({...request, key: 'AAAA', signature: 'AAAA'})),
		expected: '400 invalid',
	},
	{
		what: 'a nonce of one byte in a hello',
		attack: async ({hub}) => outcome(await new TestSeat(hub).hello('AA')),
		expected: '400 invalid',
	},
	{
		what: 'guesses by the hundred, from the address of the others',
		async attack({hub}) {
			const seat = new TestSeat(hub, 'Mallory');
			const request = await seat.joinRequest('000-000');
			const outcomes = new Set<string>();
			const guess = async () => {
				const proof = randomBytes(32).toString('base64url');
				outcomes.add(await outcomeOf(seat.send({path: routes.join, body: {...request, proof}})));
			};
			for (let count = 0; count < 300; count++) void guess();
			await settled(
				() => outcomes.size,
				size => size === 2,
			);
			// Who has the code gets in while they go on.
			const late = new TestSeat(hub, 'Latecomer');
			const joined = await settled(
				() => late.join().catch(() => null),
				answer => answer !== null,
			);
			return [joined?.name, ...[...outcomes].sort()];
		},
		expected: ['Latecomer', '403 wrong-code', '429 too-many-tries'],
	},
];

/** Two thousand seats take half a minute. */
const moreSeats: Attack = {
	what: 'more seats than a class has',
	async attack({hub, seats: list}) {
		const last = await joinMany(hub, limits.seats - list().length + 1);
		return [outcome(last), list().length];
	},
	expected: ['503 class-is-full', limits.seats],
};

/** Attacks on other seats. */
export const seats: Attack[] = [
	{
		what: 'a report without a token',
		attack: ({good}) => reportWith(good, firstReport, {}),
		expected: '401 unknown-seat',
	},
	{
		what: 'a report with a made-up token',
		attack: ({good}) =>
			reportWith(good, firstReport, {Authorization: `Bearer ${randomBytes(32).toString('base64url')}`}),
		expected: '401 unknown-seat',
	},
	{
		what: 'the ID of a seat as its token',
		attack: ({good}) => reportWith(good, firstReport, {Authorization: `Bearer ${good.id}`}),
		expected: '401 unknown-seat',
	},
	{
		what: 'the token from before the seat joined again',
		async attack({good}) {
			const {authorization} = good;
			await good.join();
			return reportWith(good, firstReport, authorization);
		},
		expected: '401 unknown-seat',
	},
	{
		what: 'a seat taken over with results that another key has signed',
		async attack({hub, good}) {
			const mallory = new TestSeat(hub, 'Mallory');
			const results = [mallory.addResult()];
			return joinWith(mallory, request => ({
				...request,
				takesOver: {key: good.key.publicKey, results},
			}));
		},
		expected: '400 invalid',
	},
	{
		what: 'a seat taken over without results',
		attack: ({hub, good}) =>
			joinWith(new TestSeat(hub, 'Mallory'), request => ({
				...request,
				takesOver: {key: good.key.publicKey, results: []},
			})),
		expected: '400 invalid',
	},
	{
		what: 'the messages of another seat, by its ID',
		attack: ({good}) =>
			outcomeOf(good.send({method: 'GET', path: `${routes.messages}?after=0&seat=${good.id}`})),
		expected: '401 unknown-seat',
	},
	{
		what: 'reports without a pause',
		async attack({hub}) {
			const seat = new TestSeat(hub, 'Bob');
			await seat.join();
			const outcomes = [];
			for (let count = 0; count < 30; count++) outcomes.push(outcome(await seat.report()));
			return outcomes.at(-1);
		},
		expected: '429 too-many-tries',
	},
	...(isDeep ? [moreSeats] : []),
];
