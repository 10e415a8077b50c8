import test from 'ava';
import {intervals} from '../../source/classroom/protocol.js';
import {ClassRoom} from '../../source/hub/class-state.js';
import {outline} from './test-hub.js';

const id = 'c'.repeat(64);
const joinedAt = 1000;

const openRoom = () => {
	const room = new ClassRoom([outline]);
	const join = {kind: 'join' as const, name: 'Ada', chosen: 'Ada', replaces: null};
	room.apply({...join, at: joinedAt, seat: id, key: 'key', token: 'd'.repeat(64)});
	const record = room.seats.get(id);
	if (!record) throw new Error('Nobody joined.');
	return {room, record};
};

test('a seat is away after 45 s without a sign of life, and here with the next one', t => {
	const {room, record} = openRoom();
	t.deepEqual(room.sweep(joinedAt + intervals.away), []);
	t.deepEqual(room.sweep(joinedAt + intervals.away + 1), [id]);
	t.is(record.seat.presence, 'away');
	t.deepEqual(room.sweep(joinedAt + intervals.away + 2), []);
	t.true(room.touch(record, joinedAt + 60_000));
	t.is(record.seat.presence, 'here');
	t.deepEqual(room.sweep(joinedAt + 60_000 + intervals.away), []);
});

test('a seat that has left is not away', t => {
	const {room, record} = openRoom();
	room.apply({kind: 'leave', at: joinedAt, seat: id});
	t.deepEqual(room.sweep(joinedAt + intervals.away + 1), []);
	t.is(record.seat.presence, 'left');
});

test('a countdown has the seconds that are left', t => {
	const {room, record} = openRoom();
	room.apply({kind: 'message', at: 2000, to: null, message: {number: 1, kind: 'countdown', seconds: 60}});
	const secondsAt = (now: number) =>
		room.messagesFor(record, 0, now).map(message => 'seconds' in message && message.seconds);
	t.deepEqual([2000, 32_000, 62_000, 90_000].map(secondsAt), [[60], [30], [0], [0]]);
	t.is(room.state.countdownEndsAt, 62_000);
	room.apply({kind: 'message', at: 3000, to: null, message: {number: 2, kind: 'countdown', seconds: 0}});
	t.is(room.state.countdownEndsAt, null);
	t.deepEqual(secondsAt(3000), [0]);
});
