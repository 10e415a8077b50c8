// In a process of its own: it draws with colours.
import test from 'ava';
import {UserError} from '../../source/text/user-error.js';
import {fakeClass} from '../tools/fakes/fake-class.js';
import {settled} from '../tools/settled.js';
import {keys} from '../tools/terminal.js';
import {openTerminalBoard} from './open-terminal-board.js';

test.serial(
	'the screen shows how to join, what is wrong at how many seats, who needs help, and where all are',
	async t => {
		const {class: state, ...rest} = fakeClass({seats: 28});
		const board = openTerminalBoard(t, {first: {class: state, ...rest}});
		const rows = (await board.waitFor(/Where the class is/)).join('\n');
		for (const shown of [
			state.title,
			state.code,
			`http://${state.address}/`,
			'class join',
			'█▀',
			'× ',
			'Needs help',
		]) {
			t.true(rows.includes(shown.replace('× ', '×')), shown);
		}
		t.true(board.state().alternateScreen);
	},
);

test.serial('a small terminal without Unicode has no QR code, and scrolls', async t => {
	const board = openTerminalBoard(t, {columns: 60, rows: 20, environment: {LANG: 'C'}});
	const first = await board.waitFor(/v \d+ more/);
	t.regex(first.join('\n'), /^[\n -~]+$/);
	board.press(keys.pageDown + keys.down);
	t.notRegex((await board.waitFor(/\^ \d+ above/)).join('\n'), /[█▄▀]/);
});

test.serial('keys begin a line, which is done with enter and dropped with escape', async t => {
	const board = openTerminalBoard(t);
	await board.waitFor(/Needs help/);
	board.press('s');
	await board.waitFor(/> say /);
	board.press('Break until ten.');
	await board.waitFor(/> say Break until ten\./);
	board.press(keys.enter);
	await board.waitFor(/Said to all\./);
	t.deepEqual(board.hub.actions, [{action: 'say', text: 'Break until ten.'}]);
	board.press('e');
	await board.waitFor(/> end/);
	board.press(keys.escape);
	await board.waitFor(/Said to all\./);
	// Faster than the program reads them.
	board.press('p5\r');
	await board.waitFor(/The pace is set\./);
	t.is(board.hub.actions.length, 2);
});

test.serial(
	'the board is left by ctrl-c twice, the class goes on, and the terminal is as it was found',
	async t => {
		const board = openTerminalBoard(t);
		await board.waitFor(/Needs help/);
		board.press(keys.ctrlC);
		await board.waitFor(/Press q again/);
		board.press(keys.ctrlC);
		await board.left;
		const state = await settled(board.state, ({alternateScreen}) => !alternateScreen);
		t.like(state, {alternateScreen: false, cursorVisible: true});
		t.deepEqual(board.hub.actions, []);
		t.is(board.hub.subscribers(), 0);
	},
);

for (const isPlain of [false, true]) {
	const how = isPlain ? 'the plain board' : 'the screen';
	test.serial(`${how} is left when the class ends`, async t => {
		const board = openTerminalBoard(t, {isPlain, rows: 90});
		await board.waitFor(/Needs help/);
		board.press(isPlain ? 'end delete\n' : 'e');
		if (!isPlain) {
			await board.waitFor(/> end/);
			board.press(` delete${keys.enter}`);
		}
		await board.left;
		t.deepEqual(board.hub.actions, [{action: 'end', erase: true}]);
		t.regex(board.written(), /The class is over\.\n$/);
	});
}

test.serial(
	'the plain board tells what happens, does what is typed, and writes no escape sequence',
	async t => {
		const first = fakeClass({seats: 12});
		const board = openTerminalBoard(t, {first, isPlain: true, rows: 90});
		await board.waitFor(/Type `say <text>`/);
		const [seat] = first.seats;
		if (!seat) return t.fail();
		board.hub.tell({now: first.now, seats: [{...seat, presence: 'here', handSince: first.now}]});
		await board.waitFor(/Ada raised a hand/);
		board.press('lower\npace 2\nroom\nreboot\n');
		await board.waitFor(/does not know “reboot”/);
		t.deepEqual(
			board.hub.actions.map(({action}) => action),
			['lower-hand', 'pace'],
		);
		await board.waitFor(/The hand of Ada is down/);
		t.is(board.written().match(/Needs help/g)?.length, 2);
		t.notRegex(board.written(), /\u001B/);
	},
);

test.serial('what the class refuses is told', async t => {
	const board = openTerminalBoard(t, {isPlain: true, rows: 90});
	board.hub.perform = () => {
		throw new UserError('The class is over.');
	};
	await board.waitFor(/Type `say <text>`/);
	board.press('say Hello\n');
	await board.waitFor(/The class refused that: The class is over\./);
	t.deepEqual(board.hub.actions, []);
});

test.serial('without a person the plain board goes on telling when its input ends', async t => {
	const first = fakeClass({seats: 12});
	const board = openTerminalBoard(t, {first, isPlain: true, isTerminal: false, rows: 90});
	await board.waitFor(/Type `say <text>`/);
	board.endInput();
	const [seat] = first.seats;
	if (!seat) return t.fail();
	board.hub.tell({now: first.now, seats: [{...seat, presence: 'here', handSince: first.now}]});
	await board.waitFor(/Ada raised a hand/);
	t.is(board.hub.subscribers(), 1);
});

test.serial('a person who closes the input leaves the plain board', async t => {
	const board = openTerminalBoard(t, {isPlain: true, rows: 90});
	await board.waitFor(/Type `say <text>`/);
	board.endInput();
	await board.left;
	t.is(await settled(board.hub.subscribers, count => count === 0), 0);
});
