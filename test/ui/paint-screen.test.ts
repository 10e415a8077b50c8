import './force-colours.js';
import {PassThrough} from 'node:stream';
import test from 'ava';
import type {SessionState} from '../../source/session/state.js';
import type {ScreenOptions} from '../../source/ui/open-screen.js';
import {paintScreen} from '../../source/ui/paint-screen.js';
import {type Cell, emulateTerminal} from '../tools/emulate-terminal.js';
import {openEmulated} from './open-emulated.js';
import {sampleState} from './sample-state.js';

type Size = {columns: number; rows: number};

const welcome = sampleState({
	screen: 'welcome',
	engine: {status: 'connecting'},
	labFolder: '/home/ann/構建/multi-stage',
	passed: {read: {at: '2026-01-01T00:00:00.000Z', finding: 'passed'}},
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
	const painted = paintScreen(state, {stdin, stdout, environment} as unknown as ScreenOptions);
	// Everything is on the screen once this is.
	const shown = () => new Promise<void>(resolve => setImmediate(() => emulator.write('', resolve)));
	return {emulator, painted, modes, shown, written: () => written};
};

/** Every row: its text, and the looks of each cell that is not plain. */
const cellsOf = ({cell}: {cell(column: number, row: number): Cell}, {columns, rows}: Size): string[] =>
	Array.from({length: rows}, (_, row) => {
		const cells = Array.from({length: columns}, (_, column) => cell(column, row));
		const looks = cells.flatMap(({text: _, foreground, background, ...is}, column) => {
			const told = [foreground, background].filter(colour => colour !== 'default');
			const names = [...told, ...Object.entries(is).flatMap(([name, isSo]) => (isSo ? [name] : []))];
			return names.length > 0 ? [`${column} ${names.join(' ')}`] : [];
		});
		// A row may end before its blanks.
		return [cells.map(({text}) => text || ' ').join(''), ...looks].join('; ');
	});

const frameEnd = '\u001B[?2026l';
const hasTitle = (rows: string[]): boolean => rows[0]?.includes(welcome.workshop.title) ?? false;

const likeInk = test.macro(async (t, size: Size, environment: Record<string, string>) => {
	const {emulator, shown} = paint(welcome, size, environment);
	const screen = openEmulated(t, welcome, {...size, environment});
	await screen.waitUntil(
		rows => rows.join('').trim() !== '' && screen.written().includes(frameEnd),
		'a frame of Ink',
	);
	await shown();
	t.deepEqual(cellsOf(emulator, size), cellsOf(screen, size));
	t.like(emulator.state(), {alternateScreen: true, cursorVisible: false});
});

for (const [columns, rows] of [
	[120, 36],
	[200, 60],
	[80, 24],
	[60, 16],
	[50, 14],
	[24, 6],
] as const) {
	test.serial(`at ${columns}×${rows} it is, cell by cell, what Ink draws`, likeInk, {columns, rows}, unicode);
}
test.serial('without colours too', likeInk, {columns: 120, rows: 36}, {...unicode, NO_COLOR: '1'});
test.serial('without Unicode too', likeInk, {columns: 120, rows: 36}, {LANG: 'C'});

test.serial('Ink draws over it without wiping anything off, and nothing moves', async t => {
	const size = {columns: 120, rows: 36};
	const {emulator, shown} = paint(welcome, size, unicode);
	await shown();
	const before = cellsOf(emulator, size);
	const screen = openEmulated(t, welcome, {...size, painted: welcome});
	await screen.waitUntil(rows => hasTitle(rows) && screen.written().includes(frameEnd), 'a frame of Ink');
	t.notRegex(screen.written(), /\u001B\[\d*[JKLMPX]/);
	t.deepEqual(cellsOf(screen, size), before);
	// Once more, in pieces: no piece changes what is seen.
	for (const piece of screen.written().match(/[^\n]*\n?/g) ?? []) {
		await new Promise<void>(resolve => emulator.write(piece.replace('\n', '\r\n'), resolve));
		t.deepEqual(cellsOf(emulator, size), before, JSON.stringify(piece));
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

test.serial('nothing is painted where the terminal does not tell its size', t => {
	const {painted, modes} = paint(welcome, {columns: 0, rows: 0}, unicode);
	t.is(painted, null);
	t.deepEqual(modes, []);
});
