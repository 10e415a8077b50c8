import {PassThrough} from 'node:stream';
import type {Intent, Session, SessionState} from '../../source/session/state.js';
import {openScreen} from '../../source/ui/open-screen.js';
import {emulateTerminal, type TerminalEmulator} from '../tools/emulate-terminal.js';
import {watchScreen} from '../tools/watch-screen.js';

export type EmulatedScreen = Pick<TerminalEmulator, 'screen' | 'scrollback' | 'cell' | 'state'> & {
	/** What the screen asked the session for, oldest first. */
	sent: Intent[];
	/** Gives the session another state. */
	show(state: SessionState): void;
	/** Types: characters or escape sequences. */
	press(keys: string): void;
	resize(columns: number, rows: number): void;
	/** Resolves with the rows as soon as they hold the text. */
	waitFor(text: string): Promise<string[]>;
	waitUntil(holds: (rows: string[]) => boolean, wanted: string): Promise<string[]>;
	/** True while the keyboard is read key by key. */
	isRaw(): boolean;
	/** Resolves when the screen has been left. */
	left: Promise<void>;
};

/** Milliseconds after the begin of the sample runs at which the clock of the screens stands still. */
export type EmulatedOptions = {
	columns: number;
	rows: number;
	now: number;
	environment?: Record<string, string>;
};

/** Opens the real screen on an emulated terminal, over a session that holds a state and remembers the intents. */
export const openEmulated = (
	first: SessionState,
	{columns, rows, now, environment = {LANG: 'C.UTF-8'}}: EmulatedOptions,
): EmulatedScreen => {
	const emulator = emulateTerminal(columns, rows);
	const watch = watchScreen(emulator.screen);
	let raw = false;
	const stdout = Object.assign(new PassThrough({encoding: 'utf8'}), {isTTY: true, columns, rows});
	const stdin = Object.assign(new PassThrough({encoding: 'utf8'}), {
		isTTY: true,
		setRawMode: (mode: boolean) => {
			raw = mode;
		},
		ref: () => {},
		unref: () => {},
	});
	stdout.on('data', (text: string) => emulator.write(text.replaceAll('\n', '\r\n'), watch.look));
	const held = holdSession(first);
	const left = openScreen(held.session, {
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
		environment,
		now: () => now,
	});
	return {
		...emulator,
		...watch,
		sent: held.sent,
		show: held.show,
		press: keys => void stdin.write(keys),
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		waitFor: text => watch.waitUntil(found => found.join('\n').includes(text), `"${text}"`),
		isRaw: () => raw,
		left,
	};
};

const holdSession = (first: SessionState) => {
	let state = first;
	const listeners = new Set<() => void>();
	const sent: Intent[] = [];
	const session: Session = {
		getState: () => state,
		subscribe(onChange) {
			listeners.add(onChange);
			return () => listeners.delete(onChange);
		},
		send: intent => void sent.push(intent),
	};
	const show = (next: SessionState) => {
		state = next;
		for (const listener of listeners) listener();
	};
	return {session, sent, show};
};
