import {closeSync, constants, openSync, writeSync} from 'node:fs';
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import {isProcessAlive} from '../../source/storage/process-locks.js';
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
	const readToEnd = holdOpen(child);
	child.onData(text => emulator.write(readToEnd(text), watch.look));
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

/** What no program writes. */
const endMark = '\u001B]5379;end\u0007';

/**
 * Keeps the terminal open until all that its program has written is read: Node takes a terminal that nobody has open any
 * more for read after its next piece of output, and would lose the pieces behind that on a busy machine. Once the program
 * has ended, writes a mark, and closes the terminal when that arrives. Returns a function that takes the mark out of the
 * output.
 */
const holdOpen = (child: IPty): ((text: string) => string) => {
	if (process.platform !== 'linux') return text => text;
	const {ptsName} = child as IPty & {ptsName: string};
	const held = openSync(ptsName, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
	let isOpen = true;
	const close = () => {
		if (isOpen) closeSync(held);
		isOpen = false;
	};
	child.onExit(close);
	void (async () => {
		for (let left = endMark; left !== '' && isOpen; ) {
			await pause(pollMs);
			if (isProcessAlive(child.pid)) continue;
			left = left.slice(tryWrite(held, left));
		}
	})();
	let tail = '';
	return text => {
		const whole = tail + text;
		const at = whole.indexOf(endMark);
		if (at >= 0) {
			close();
			tail = '';
			return whole.slice(0, at) + whole.slice(at + endMark.length);
		}
		// Its beginning may have arrived.
		const kept = endMarkStart(whole);
		tail = whole.slice(whole.length - kept);
		return whole.slice(0, whole.length - kept);
	};
};

/** Milliseconds between two looks whether the program has ended. */
const pollMs = 10;

/** How many characters at the end of a text are the beginning of the mark. */
const endMarkStart = (text: string): number => {
	for (let count = Math.min(endMark.length - 1, text.length); count > 0; count--)
		if (text.endsWith(endMark.slice(0, count))) return count;
	return 0;
};

/** How many characters were written: none while the terminal is full, all of them if it is gone. */
const tryWrite = (descriptor: number, text: string): number => {
	try {
		return writeSync(descriptor, text);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 0 : text.length;
	}
};
