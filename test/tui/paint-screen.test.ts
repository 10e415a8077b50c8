import './force-colours.js';
import {PassThrough} from 'node:stream';
import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import type {ScreenOptions} from '../../source/tui/paint-first-frame.js';
import {paintFirstFrame} from '../../source/tui/paint-first-frame.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';
import {cellsOf} from './cells-of.js';
import {openEmulated} from './open-emulated.js';
import {sampleState} from './sample-state.js';

type Size = {columns: number; rows: number};

const welcome = sampleState({
	screen: 'welcome',
	engine: {status: 'connecting'},
	labFolder: '/home/ann/構建/multi-stage',
	passed: {read: {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}},
});
/** A session may begin with a question, as that of a workshop that does not come with the program. */
const asked = sampleState({
	...welcome,
	question: {
		title: 'Do you trust it?',
		lines: ['It would run, on this machine and with your rights:', '`docker build -t greeting ./app`'],
		choices: [
			{key: 'n', label: 'only read, run nothing', answer: 'no'},
			{key: 'y', label: 'trust it', answer: 'yes'},
		],
	},
});
const unicode = {LANG: 'C.UTF-8'};

/** A terminal on which a state has been painted. */
const paint = (state: SessionState, size: Size, environment: Record<string, string>) => {
	const emulator = emulateTerminal(size.columns, size.rows);
	const modes: boolean[] = [];
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: (mode: boolean) => modes.push(mode),
	});
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), size);
	let written = '';
	stdout.on('data', (text: string) => {
		written += text;
		emulator.write(text.replaceAll('\n', '\r\n'), () => {});
	});
	const painted = paintFirstFrame(state, {stdin, stdout, environment} as unknown as ScreenOptions);
	// Everything is on the screen once this is.
	const shown = () => new Promise<void>(resolve => setImmediate(() => emulator.write('', resolve)));
	return {emulator, painted, modes, shown, written: () => written};
};

const wipe = '\u001B[J';
const frameEnd = '\u001B[?2026l';
const hasTitle = (rows: string[]): boolean => rows[0]?.includes(welcome.workshop.title) ?? false;

/** The mark of what goes on turns meanwhile. */
const maskTurning = (row: string): string => row.replace(/\S(?= connecting)/, '*');

const likeInk = test.macro(
	async (t, state: SessionState, size: Size, environment: Record<string, string>) => {
		const {emulator, shown} = paint(state, size, environment);
		const screen = openEmulated(t, state, {...size, environment});
		await screen.waitUntil(
			rows => rows.join('').trim() !== '' && screen.written().includes(frameEnd),
			'a frame of Ink',
		);
		await shown();
		t.deepEqual(cellsOf(emulator, size).map(maskTurning), cellsOf(screen, size).map(maskTurning));
		t.like(emulator.state(), {alternateScreen: true, cursorVisible: false});
	},
);

for (const [columns, rows] of [
	[120, 36],
	[200, 60],
	[80, 24],
	[60, 16],
	[50, 14],
	[24, 6],
] as const) {
	const size = {columns, rows};
	test.serial(`at ${columns}×${rows} it is, cell by cell, what Ink draws`, likeInk, welcome, size, unicode);
	test.serial(`a question at ${columns}×${rows} too`, likeInk, asked, size, unicode);
}
test.serial('without colours too', likeInk, welcome, {columns: 120, rows: 36}, {...unicode, NO_COLOR: '1'});
test.serial('without Unicode too', likeInk, welcome, {columns: 120, rows: 36}, {LANG: 'C'});

test.serial('Ink draws over it without wiping anything off, and nothing moves', async t => {
	const size = {columns: 120, rows: 36};
	const {emulator, shown} = paint(welcome, size, unicode);
	await shown();
	const before = cellsOf(emulator, size);
	const screen = openEmulated(t, welcome, {...size, painted: welcome});
	await screen.waitUntil(rows => hasTitle(rows) && screen.written().includes(frameEnd), 'a frame of Ink');
	const written = screen.written();
	// The empty screen is wiped before anything stands on it.
	const drawn = written.slice(written.indexOf(wipe) + wipe.length);
	t.notRegex(drawn, /\u001B\[\d*[JKLMPX]/);
	t.deepEqual(cellsOf(screen, size).map(maskTurning), before.map(maskTurning));
	// Once more, in pieces: no piece changes what is seen.
	for (const piece of drawn.match(/[^\n]*\n?/g) ?? []) {
		await new Promise<void>(resolve => emulator.write(piece.replace('\n', '\r\n'), resolve));
		t.deepEqual(cellsOf(emulator, size).map(maskTurning), before.map(maskTurning), JSON.stringify(piece));
	}
});

test.serial('what has changed in between leaves nothing behind', async t => {
	const size = {columns: 120, rows: 36};
	const longer = {...welcome, notice: 'A sentence that is not there any more.'};
	const screen = openEmulated(t, welcome, {...size, painted: longer});
	await screen.waitUntil(rows => hasTitle(rows) && screen.written().includes(frameEnd), 'a frame of Ink');
	t.notRegex(screen.screen().join('\n'), /not there any more/);
});

test.serial('it is left as the terminal was found, with what stood there before', async t => {
	const {emulator, painted, modes, shown} = paint(welcome, {columns: 80, rows: 24}, unicode);
	await shown();
	t.like(emulator.state(), {alternateScreen: true, cursorVisible: false});
	painted?.remove();
	await shown();
	t.like(emulator.state(), {alternateScreen: false, cursorVisible: true});
	t.deepEqual(modes, [true, false]);
});

test.serial('a folder whose name is a sequence does nothing to the terminal', async t => {
	const {written, shown} = paint(
		{...welcome, labFolder: '/tmp/\u001B[2J\u001B]0;title\u0007lab'},
		{columns: 80, rows: 24},
		unicode,
	);
	await shown();
	t.false(written().includes('\u001B[2J'));
	t.false(written().includes('\u001B]0'));
});

test.serial('a terminal without an alternate screen keeps nothing of what stood there', async t => {
	const size = {columns: 80, rows: 24};
	const {emulator, written, shown} = paint(welcome, size, unicode);
	await shown();
	const bare = emulateTerminal(size.columns, size.rows);
	const before = 'words of the shell '.repeat(100);
	const enter = '\u001B[?1049h';
	t.true(written().includes(enter));
	const text = before + written().replaceAll(enter, '').replaceAll('\n', '\r\n');
	await new Promise<void>(resolve => bare.write(text, resolve));
	t.deepEqual(cellsOf(bare, size), cellsOf(emulator, size));
});

test.serial('a session that begins with another screen is left to Ink', t => {
	const {painted, modes} = paint(sampleState(), {columns: 80, rows: 24}, unicode);
	t.is(painted, null);
	t.deepEqual(modes, []);
});

test.serial('nothing is painted where the terminal does not tell its size', t => {
	const {painted, modes} = paint(welcome, {columns: 0, rows: 0}, unicode);
	t.is(painted, null);
	t.deepEqual(modes, []);
});
