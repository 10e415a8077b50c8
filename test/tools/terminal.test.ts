import path from 'node:path';
import test from 'ava';
import {keys, openTerminal} from './terminal.js';

const screen = path.resolve('test/fixtures/terminal/screen.js');
const lines = path.resolve('test/fixtures/terminal/lines.js');

test.serial(
	'a full-screen program is drawn on the alternate screen, at the size of the terminal',
	async t => {
		const terminal = openTerminal({program: screen, args: ['--one', 'two'], columns: 60, rows: 12});
		const rows = await terminal.waitFor('arguments: --one two');
		t.is(rows.length, 12);
		t.is(rows[0], '60×12');
		t.is(rows[1], '✅ wide 漢字|');
		t.like(terminal.state(), {alternateScreen: true, cursorVisible: false});
		t.is(terminal.cell(12, 1).text, '|');
		t.like(terminal.cell(0, 0), {text: '6', foreground: 'palette 2', background: 'default', bold: true});
		terminal.press('q');
		t.deepEqual(await terminal.exited, {exitCode: 3, signal: 0});
		t.like(terminal.state(), {alternateScreen: false, cursorVisible: true, title: ''});
		t.is(terminal.screen()[0], 'goodbye');
	},
);

test.serial('keys reach the program, and it is told about a new size', async t => {
	const terminal = openTerminal({program: screen});
	await terminal.waitFor('120×40');
	terminal.press('a');
	await terminal.waitFor(/typed: a$/m);
	terminal.press(keys.up);
	await terminal.waitFor('typed: a<up>');
	terminal.resize(40, 10);
	const rows = await terminal.waitFor('40×10');
	t.is(rows.length, 10);
	terminal.kill('SIGKILL');
	t.is((await terminal.exited).signal, 9);
});

test.serial('CI does not reach the program, what the test gives does', async t => {
	const terminal = openTerminal({program: screen, env: {EXTRA: 'given'}});
	await terminal.waitFor('CI: unset, extra: given');
	await t.notThrowsAsync(terminal.waitUntil(rows => rows.length === 40, 'forty rows'));
	terminal.kill('SIGKILL');
	await terminal.exited;
});

test.serial('each terminal has a home and a working folder of its own', async t => {
	const [one, two] = [openTerminal({program: lines}), openTerminal({program: lines})];
	t.is(new Set([one.cwd, one.home, two.cwd, two.home]).size, 4);
	const told = openTerminal({program: screen, cwd: one.cwd, env: {WANTED_CWD: one.cwd}});
	await told.waitFor('cwd: true');
	for (const terminal of [one, two, told]) {
		terminal.kill('SIGKILL');
		await terminal.exited;
	}
});

test.serial('rows that left the screen are in the scrollback; the terminal answers questions', async t => {
	const terminal = openTerminal({program: lines, columns: 40, rows: 10});
	await terminal.waitFor('answer: "\\u001b[10;1R"');
	t.deepEqual(terminal.scrollback().slice(0, 3), ['line 1', 'line 2', 'line 3']);
	t.deepEqual([...terminal.scrollback(), ...terminal.screen()].slice(28, 30), ['line 29', 'line 30']);
	t.like(terminal.state(), {alternateScreen: false, cursorVisible: false, title: 'lines'});
	terminal.kill();
	t.is((await terminal.exited).signal, 15);
});

test.serial('waiting in vain tells what the screen shows', async t => {
	const terminal = openTerminal({program: screen});
	await terminal.waitFor('120×40');
	const late = await t.throwsAsync(terminal.waitFor('never there', 50));
	t.regex(late?.message ?? '', /^50 ms passed before the screen showed “never there”\. It shows:\n120×40\n/);
	const waiting = terminal.waitFor(/never/);
	terminal.press('q');
	const ended = await t.throwsAsync(waiting);
	t.regex(
		ended?.message ?? '',
		/^The program ended \(exit code 3, signal 0\) before the screen showed \/never\//,
	);
});

test.serial('what a program wrote last is read, however busy this process was when it ended', async t => {
	for (let round = 0; round < 8; round++) {
		const many = 'i=0; while [ $i -lt 400 ]; do echo a long line of output number $i; i=$((i+1)); done';
		const terminal = openTerminal({around: `${many}; echo the last line`});
		// For longer than the program takes.
		const until = performance.now() + 150;
		while (performance.now() < until);
		t.deepEqual(await terminal.exited, {exitCode: 0, signal: 0});
		t.is(
			terminal.screen().findLast(row => row !== ''),
			'the last line',
		);
		t.is(terminal.scrollback()[0], 'a long line of output number 0');
	}
});
