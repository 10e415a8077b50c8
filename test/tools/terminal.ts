import {spawn} from '@lydell/node-pty';
import {atExit} from './at-exit.js';
import {builtProgram, nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import {type Cell, emulateTerminal, type TerminalState} from './emulate-terminal.js';
import {watchScreen} from './watch-screen.js';

export type TerminalOptions = {
	args?: string[];
	/** The script that Node runs. Default: the built program. */
	program?: string;
	/** A command that runs Node, e.g. `['nice']`. */
	through?: string[];
	/** A line for `sh` around the program; `$@` contains Node, the script and its arguments. */
	around?: string;
	/** Default: 120 columns, 40 rows. */
	columns?: number;
	rows?: number;
	/** Added to `childEnvironment`, e.g. an engine's `env`. */
	env?: Record<string, string>;
	/** Default: a new, empty folder. */
	cwd?: string;
	/** The home folder, which holds progress and ledgers. Default: a new, empty one. */
	home?: string;
};

export type TestTerminal = {
	cwd: string;
	home: string;
	/** The visible rows from top to bottom, without trailing spaces. */
	screen(): string[];
	/** The scrollback of the main screen, oldest row first. */
	scrollback(): string[];
	/** A cell of the screen with its colours and style. Positions start at 0. */
	cell(column: number, row: number): Cell;
	state(): TerminalState;
	/** The number of times that the whole screen was erased. */
	erasures(): number;
	/**
	 * Resolves with the rows as soon as they, joined by newlines, contain or match the text; checked after each output.
	 * Rejects with the whole screen in its message after `timeout` ms (default: a minute) or if the program ends first.
	 */
	waitFor(wanted: string | RegExp, timeout?: number): Promise<string[]>;
	/** Like `waitFor`, until `holds` accepts the rows. */
	waitUntil(holds: (rows: string[]) => boolean, wanted: string, timeout?: number): Promise<string[]>;
	/** Types: characters, or the escape sequences of `keys`. */
	press(keys: string): void;
	resize(columns: number, rows: number): void;
	kill(signal?: NodeJS.Signals): void;
	/** Closes the terminal while the program runs, like closing its window. */
	close(): void;
	/** Resolves when the program has ended and the screen shows all its output. `signal`: a number, 0 if none. */
	exited: Promise<{exitCode: number; signal: number}>;
};

/** The sequences that keys send, for `press`. */
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

/** Starts a program, by default the built one, in a real pseudo-terminal with an emulated screen. */
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
