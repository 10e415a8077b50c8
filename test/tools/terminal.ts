import {spawn} from '@lydell/node-pty';
import {atExit} from './at-exit.js';
import {builtProgram, nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import {type Cell, emulateTerminal, type TerminalState} from './emulate-terminal.js';
import {watchScreen} from './watch-screen.js';

export type TerminalOptions = {
	args?: string[];
	/** The script that Node runs; default: the built program. */
	program?: string;
	/** A command that runs another one, before Node: `['nice']`. */
	through?: string[];
	/** A line for `sh` that does something before or after; it finds Node, the script and its arguments in `$@`. */
	around?: string;
	/** Default: 120 columns, 40 rows. */
	columns?: number;
	rows?: number;
	/** On top of the bare environment of `childEnvironment`; an engine's `env` goes here. */
	env?: Record<string, string>;
	/** Default: a new, empty folder. */
	cwd?: string;
	/** The home folder, where progress and ledgers go. Default: a new, empty one. */
	home?: string;
};

export type TestTerminal = {
	cwd: string;
	home: string;
	/** The visible rows, top to bottom, without spaces at their ends. */
	screen(): string[];
	/** The rows that have left the main screen at its top, oldest first. */
	scrollback(): string[];
	/** One cell of the screen, counted from 0; for colours and styles. */
	cell(column: number, row: number): Cell;
	state(): TerminalState;
	/** How often the whole screen was erased. */
	erasures(): number;
	/**
	 * Resolves with the rows as soon as they, joined by newlines, hold the text or match; looks after every piece of
	 * output. Rejects with the whole screen in its message after `timeout` ms (default a minute), or when the program
	 * ends first.
	 */
	waitFor(wanted: string | RegExp, timeout?: number): Promise<string[]>;
	/** As `waitFor`, until `holds` says yes to the rows. */
	waitUntil(holds: (rows: string[]) => boolean, wanted: string, timeout?: number): Promise<string[]>;
	/** Types: characters, or the escape sequences of `keys`. */
	press(keys: string): void;
	resize(columns: number, rows: number): void;
	kill(signal?: NodeJS.Signals): void;
	/** Closes the terminal under the program, as the window's own button does. */
	close(): void;
	/** Resolves when the program has ended and all its output is on the screen. `signal`: number, 0 for none. */
	exited: Promise<{exitCode: number; signal: number}>;
};

/** What keys send, for `press`. */
export const keys = {
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	backspace: '\u007F',
	space: ' ',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	ctrlC: '\u0003',
} as const;

/** Starts a program, by default the built one, in a real pseudo-terminal whose screen is read by an emulator. */
export const openTerminal = (options: TerminalOptions = {}): TestTerminal => {
	const {args = [], program = builtProgram, through = [], columns = 120, rows = 40} = options;
	const {cwd = temporaryFolder(), home = temporaryFolder()} = options;
	const emulator = emulateTerminal(columns, rows);
	const argv = [...through, nodeUnderTest, program, ...args];
	const [file = '', ...rest] = options.around ? ['sh', '-c', options.around, 'sh', ...argv] : argv;
	const child = spawn(file, rest, {
		name: 'xterm-256color',
		cols: columns,
		rows,
		cwd,
		env: childEnvironment(home, options.env),
	});
	const watch = watchScreen(emulator);
	child.onData(text => emulator.write(text, watch.look));
	emulator.onAnswer(answer => child.write(answer));
	const isGone = atExit(() => child.kill('SIGKILL'));
	const exited = new Promise<{exitCode: number; signal: number}>(resolve => {
		child.onExit(({exitCode, signal = 0}) => {
			isGone();
			emulator.write('', () => {
				watch.end(`The program ended (exit code ${exitCode}, signal ${signal})`);
				resolve({exitCode, signal});
			});
		});
	});

	return {
		cwd,
		home,
		screen: emulator.screen,
		scrollback: emulator.scrollback,
		cell: emulator.cell,
		state: emulator.state,
		erasures: emulator.erasures,
		waitUntil: watch.waitUntil,
		waitFor: (wanted, timeout) =>
			watch.waitUntil(
				rows =>
					typeof wanted === 'string' ? rows.join('\n').includes(wanted) : wanted.test(rows.join('\n')),
				typeof wanted === 'string' ? `“${wanted}”` : String(wanted),
				timeout,
			),
		press: text => child.write(text),
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		kill: (signal = 'SIGTERM') => child.kill(signal),
		close: () => (child as typeof child & {destroy(): void}).destroy(),
		exited,
	};
};
