import test from 'ava';
import {numberFindings, readBoardCommand} from '../../source/board/terminal/board-command.js';
import type {TeacherAction} from '../../source/classroom/room.js';
import type {Room} from '../../source/classroom/select-board.js';
import {fakeClass, fakeOutline} from '../tools/fakes/fake-class.js';

const {class: state, seats, now} = fakeClass({seats: 60});
const [, ben] = seats;
const room: Room = {
	class: state,
	seats: new Map(
		seats.map(seat => [
			seat.id,
			{...seat, handSince: null, ...(seat === ben && {name: 'Ben', handSince: 1})},
		]),
	),
	now,
};

const reads = test.macro((t, line: string, expected: TeacherAction | RegExp) => {
	const command = readBoardCommand(line, room, []);
	if (expected instanceof RegExp) t.regex('said' in command ? command.said : '', expected);
	else t.deepEqual('action' in command && command.action, expected);
});
const pace = {action: 'pace', workshop: fakeOutline.id} as const;
test('what is said', reads, ' say  Break until ten. ', {action: 'say', text: 'Break until ten.'});
test('nothing to say', reads, 'say', /Say what/);
test('too much to say', reads, `say ${'x'.repeat(201)}`, /at most 200/);
test('a chapter', reads, 'pace 5', {...pace, chapter: 'lab'});
test('no pace', reads, 'pace none', {...pace, chapter: null});
test('no such chapter', reads, 'pace 7', /`pace 1` to `pace 6`/);
test('a chapter that is no number', reads, 'pace lab', /“lab” is no chapter/);
test('a countdown', reads, 'countdown 10', {action: 'countdown', seconds: 600});
test('the end of a countdown', reads, 'countdown 0', {action: 'countdown', seconds: 0});
test('a countdown of a day', reads, 'countdown 999', /no number of minutes/);
test('a negative countdown', reads, 'countdown -1', /no number of minutes/);
test('the first hand', reads, 'lower', {action: 'lower-hand', seat: ben?.id ?? ''});
test('the hand of somebody', reads, 'lower Ben', {action: 'lower-hand', seat: ben?.id ?? ''});
test('the hand of somebody else', reads, 'lower Ada', /No hand of “Ada”/);
test('the end', reads, 'end', {action: 'end', erase: false});
test('the end of everything', reads, 'end delete', {action: 'end', erase: true});
test('a slip at the end', reads, 'end dlete', /Type `end`/);
test('no such finding', reads, 'release 99', /No finding has the number “99”/);
test('an unknown word', reads, 'reboot', /does not know “reboot”/);
test('a name that all objects have', reads, 'constructor', /does not know/);
test('nothing', reads, '', /Type `say/);
test('a question', reads, 'help', /Type `say/);

test('a finding is released by its number, with the text of the hint to read', t => {
	const [first] = numberFindings(room, []);
	const command = readBoardCommand('release 1', room, []);
	t.true('action' in command);
	if (!('action' in command) || !first?.release) return t.fail();
	t.deepEqual(command.action, first.release.action);
	t.true(command.done.includes(first.release.text ?? '?'));
});

test('a number never comes to mean another finding', t => {
	const known: string[] = [];
	const before = numberFindings(room, known);
	const [first, ...rest] = before;
	t.true(rest.length > 1);
	// Everybody who had the first finding has left.
	const others = [...room.seats].filter(([id]) => !first?.seats.some(seat => seat.id === id));
	const after = numberFindings({...room, seats: new Map(others)}, known);
	t.deepEqual(
		after.map(({key, number}) => [key, number]),
		rest.map(({key, number}) => [key, number]),
	);
});
