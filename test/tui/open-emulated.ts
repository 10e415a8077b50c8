import './force-colours.js';
import {PassThrough} from 'node:stream';
import type {ExecutionContext} from 'ava';
import type {Intent} from '../../source/session/intents.js';
import type {LineLogs} from '../../source/session/ports.js';
import type {OpenSession, Session} from '../../source/session/session.js';
import type {SessionState} from '../../source/session/state.js';
import type {TerminalHandover} from '../../source/session/terminal-handover.js';
import {createLineLogs} from '../../source/storage/line-logs.js';
import {createMemoryFile} from '../../source/storage/run-log.js';
import {openScreen} from '../../source/tui/open-screen.js';
import {paintFirstFrame} from '../../source/tui/paint-first-frame.js';
import {emulateTerminal, type TerminalEmulator} from '../tools/emulate-terminal.js';
import {
	type FakeSession,
	type FakeSessionOptions,
	openFakeSession,
} from '../tools/fakes/open-fake-session.js';
import {watchScreen} from '../tools/watch-screen.js';
import {startedAt} from './sample-runs.js';

export type DrawnScreen = Pick<TerminalEmulator, 'screen' | 'scrollback' | 'cell' | 'state'> & {
	/** Types: characters or escape sequences. */
	press(keys: string): void;
	resize(columns: number, rows: number): void;
	/** Resolves with the rows as soon as they hold the text or match. */
	waitFor(wanted: string | RegExp): Promise<string[]>;
	waitUntil(holds: (rows: string[]) => boolean, wanted: string): Promise<string[]>;
	/** All that was written to it. */
	written(): string;
	/** True while the keyboard is read key by key. */
	isRaw(): boolean;
	/** Resolves when the screen has been left. */
	left: Promise<void>;
};

export type EmulatedScreen = DrawnScreen & {
	/** What the screen asked the session for, oldest first. */
	sent: Intent[];
	/** What the runs of the session printed: nothing, unless it is written. */
	lineLogs: LineLogs;
	/** Gives the session another state. */
	show(state: SessionState): void;
};

export type EmulatedOptions = {
	columns: number;
	rows: number;
	/** The clock of the screen, in milliseconds since 1970; it stands still unless told. */
	now?: () => number;
	environment?: Record<string, string>;
	/** False: stdout says that it has 0 columns and no rows, as some terminals do. Default: true. */
	isSizeKnown?: boolean;
	/** The state that is painted before the screen is opened. */
	painted?: SessionState;
	/** Takes the terminal away while a command has it. */
	handover?: TerminalHandover;
};

/**
 * Opens the real screen on an emulated terminal, over a session that holds a state and remembers the intents. The end
 * of the test ends the session.
 */
export const openEmulated = (
	t: ExecutionContext,
	first: SessionState,
	options: EmulatedOptions,
): EmulatedScreen => {
	let look = () => {};
	const held = holdSession(first, () => look());
	const drawn = drawEmulated(held.session, {now: () => startedAt + 1400, ...options});
	look = drawn.look;
	t.teardown(() => {
		held.show({...held.session.getState(), ending: {summary: []}});
		return drawn.left;
	});
	return {...drawn, sent: held.sent, lineLogs: held.lineLogs, show: held.show};
};

/** The same over a session that does what it is asked for. The end of the test shuts it down. */
export const openSessionScreen = (
	t: ExecutionContext,
	session: OpenSession,
	options: EmulatedOptions,
): DrawnScreen => {
	const drawn = drawEmulated(session, options);
	t.teardown(async () => {
		await session.shutDown();
		await drawn.left;
	});
	session.begin();
	return drawn;
};

/** A session on machines in memory, on a screen in this process. */
export const openFakeScreen = (
	t: ExecutionContext,
	options: FakeSessionOptions,
	size: Pick<EmulatedOptions, 'columns' | 'rows'> = {columns: 120, rows: 36},
): DrawnScreen & {session: FakeSession} => {
	const session = openFakeSession(options);
	return {...openSessionScreen(t, session, {...size, handover: session.handover}), session};
};

const drawEmulated = (
	session: Session,
	{
		columns,
		rows,
		now = Date.now,
		environment = {LANG: 'C.UTF-8'},
		isSizeKnown = true,
		painted,
		handover,
	}: EmulatedOptions,
): DrawnScreen & {look(): void} => {
	const emulator = emulateTerminal(columns, rows);
	const watch = watchScreen(emulator);
	let raw = false;
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {
		isTTY: true,
		columns: isSizeKnown ? columns : 0,
		rows: isSizeKnown ? rows : undefined,
	});
	const stdin = Object.assign(new PassThrough({encoding: 'utf8'}), {
		isTTY: true,
		setRawMode: (mode: boolean) => {
			raw = mode;
		},
		ref: () => {},
		unref: () => {},
	});
	let written = '';
	stdout.on('data', (text: string) => {
		written += text;
		emulator.write(text.replaceAll('\n', '\r\n'), watch.look);
	});
	const renderContext = {
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
		environment,
	};
	const left = openScreen(session, {
		...renderContext,
		now,
		painted: painted ? paintFirstFrame(painted, renderContext) : null,
		...(handover ? {handover} : {}),
	});
	return {
		...emulator,
		...watch,
		press: keys => void stdin.write(keys),
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		waitFor: wanted =>
			watch.waitUntil(
				found => {
					const text = found.join('\n');
					return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
				},
				typeof wanted === 'string' ? `"${wanted}"` : String(wanted),
			),
		written: () => written,
		isRaw: () => raw,
		left,
	};
};

const holdSession = (first: SessionState, onSent: () => void) => {
	let state = first;
	const listeners = new Set<() => void>();
	const sent: Intent[] = [];
	const lineLogs = createLineLogs(createMemoryFile);
	const session: Session = {
		getState: () => state,
		lines: lineLogs,
		subscribe(onChange) {
			listeners.add(onChange);
			return () => listeners.delete(onChange);
		},
		send(intent) {
			sent.push(intent);
			onSent();
		},
	};
	const show = (next: SessionState) => {
		state = next;
		for (const listener of listeners) listener();
	};
	return {session, sent, lineLogs, show};
};
