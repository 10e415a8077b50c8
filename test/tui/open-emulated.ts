import './force-colours.js';
import {PassThrough} from 'node:stream';
import type {ExecutionContext} from 'ava';
import type {Intent} from '../../source/session/intents.js';
import type {LineLogs} from '../../source/session/ports.js';
import type {Session} from '../../source/session/session.js';
import type {SessionState} from '../../source/session/state.js';
import {createLineLogs} from '../../source/storage/line-logs.js';
import {createMemoryFile} from '../../source/storage/run-log.js';
import {openScreen} from '../../source/tui/open-screen.js';
import {paintFirstFrame} from '../../source/tui/paint-first-frame.js';
import {emulateTerminal, type TerminalEmulator} from '../tools/emulate-terminal.js';
import {watchScreen} from '../tools/watch-screen.js';
import {startedAt} from './sample-runs.js';

export type EmulatedScreen = Pick<TerminalEmulator, 'screen' | 'scrollback' | 'cell' | 'state'> & {
	/** What the screen asked the session for, oldest first. */
	sent: Intent[];
	/** What the runs of the session printed: nothing, unless it is written. */
	lineLogs: LineLogs;
	/** Gives the session another state. */
	show(state: SessionState): void;
	/** Types: characters or escape sequences. */
	press(keys: string): void;
	resize(columns: number, rows: number): void;
	/** Resolves with the rows as soon as they hold the text. */
	waitFor(text: string): Promise<string[]>;
	waitUntil(holds: (rows: string[]) => boolean, wanted: string): Promise<string[]>;
	/** All that was written to it. */
	written(): string;
	/** True while the keyboard is read key by key. */
	isRaw(): boolean;
	/** Resolves when the screen has been left. */
	left: Promise<void>;
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
};

/**
 * Opens the real screen on an emulated terminal, over a session that holds a state and remembers the intents. The end
 * of the test ends the session.
 */
export const openEmulated = (
	t: ExecutionContext,
	first: SessionState,
	{
		columns,
		rows,
		now = () => startedAt + 1400,
		environment = {LANG: 'C.UTF-8'},
		isSizeKnown = true,
		painted,
	}: EmulatedOptions,
): EmulatedScreen => {
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
	const held = holdSession(first, watch.look);
	const renderContext = {
		stdin: stdin as unknown as NodeJS.ReadStream,
		stdout: stdout as unknown as NodeJS.WriteStream,
		environment,
	};
	const left = openScreen(held.session, {
		...renderContext,
		now,
		painted: painted ? paintFirstFrame(painted, renderContext) : null,
	});
	t.teardown(() => {
		held.show({...held.session.getState(), ending: {summary: []}});
		return left;
	});
	return {
		...emulator,
		...watch,
		sent: held.sent,
		lineLogs: held.lineLogs,
		show: held.show,
		press: keys => void stdin.write(keys),
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
		},
		waitFor: text => watch.waitUntil(found => found.join('\n').includes(text), `"${text}"`),
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
