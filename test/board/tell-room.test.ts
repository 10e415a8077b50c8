import test from 'ava';
import {createRoomTeller} from '../../source/board/terminal/tell-room.js';
import type {Seat} from '../../source/classroom/room.js';
import {fakeClass, fakeOutline} from '../tools/fakes/fake-class.js';

const {class: state, now: start} = fakeClass({seats: 0});

const seat = (name: string, more: Partial<Seat> = {}): Seat => ({
	...{id: name, name, isOtherVersion: false, presence: 'here', joinedAt: 0, handSince: null, sameFinding: 0},
	changedAt: start,
	state: {
		workshop: {id: fakeOutline.id, hash: fakeOutline.hash},
		...{mode: 'real', step: 'lab-port', steps: [], ready: [], hand: false, handedIn: false},
	},
	...more,
});

const wrong = (name: string): Seat => {
	const {state: before, ...rest} = seat(name);
	const report = {step: 'lab-port', verdict: 'failed', finding: 'exited', seconds: 1, attempts: 1} as const;
	return {...rest, state: before && {...before, steps: [{...report, hints: 0, prediction: null}]}};
};

/** What is told of rooms one after the other. */
const tell = (...rooms: Array<{seats: Seat[]; later?: number}>): string[][] => {
	const teller = createRoomTeller([]);
	return rooms.map(({seats, later = 0}) =>
		teller({class: state, seats: new Map(seats.map(one => [one.id, one])), now: start + later}),
	);
};

const names = (count: number) => Array.from({length: count}, (_, index) => `Seat ${index + 1}`);

test('what does not change is told once', t => {
	const seats = [seat('Ada', {handSince: 1}), wrong('Ben'), seat('Chen', {presence: 'away'})];
	t.deepEqual(tell({seats}, {seats}), [
		[
			'3 seats joined.',
			'Ada raised a hand (5 Serve it on a port of your own).',
			'1: 1 × exited at “Serve it on a port of your own”.',
			'Chen is away.',
		],
		[],
	]);
});

test('many who join are one sentence every ten seconds', t => {
	const [first, second, third] = tell(
		{seats: names(1).map(name => seat(name))},
		{seats: names(200).map(name => seat(name)), later: 9000},
		{seats: names(300).map(name => seat(name)), later: 10_000},
	);
	t.deepEqual([first, second, third], [['1 seat joined.'], [], ['300 seats joined.']]);
});

test('a finding is told when it is new, when it has doubled, and when it is gone', t => {
	const told = tell(
		...[1, 2, 3, 4, 0].map(count => ({
			seats: names(4).map((name, index) => (index < count ? wrong(name) : seat(name))),
		})),
	);
	const at = 'exited at “Serve it on a port of your own”';
	t.deepEqual(
		told.map(sentences => sentences.filter(text => text.includes('exited'))),
		[[`1: 1 × ${at}.`], [`1: 2 × ${at}.`], [], [`1: 4 × ${at}.`], [`No seat has ${at} any more.`]],
	);
});

test('a hand that goes down, and who comes back, are told of; who left is not', t => {
	const [, second] = tell(
		{seats: [seat('Ada', {handSince: 1}), seat('Ben', {presence: 'away'}), seat('Chen', {handSince: 1})]},
		{seats: [seat('Ada'), seat('Ben'), seat('Chen', {presence: 'left'})]},
	);
	t.deepEqual(second, ['The hand of Ada is down.', 'Ben is back.']);
});

test('many who are stuck are one sentence', t => {
	const [, second] = tell(
		{seats: names(12).map(name => seat(name))},
		{seats: names(12).map(name => seat(name)), later: 180_000},
	);
	t.deepEqual(second, ['Seat 1, Seat 2, Seat 3 and 9 more are stuck.']);
});

test('a name can do nothing to a terminal', t => {
	const [told] = tell({seats: [seat('\u001B[2JAda\u202E', {handSince: 1})]});
	t.notRegex((told ?? []).join(''), /[\u0000-\u001F\u202E]/);
});
