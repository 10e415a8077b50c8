import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {isDeepStrictEqual} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {TerminalState} from './emulate-terminal.js';
import {waitForProcesses} from './find-processes.js';
import {settled} from './settled.js';
import {keys, openTerminal, type TerminalOptions, type TestTerminal} from './terminal.js';

/** Records the terminal's settings before and after the program, its process ID and its exit code. */
const around = [
	'stty -a >before',
	'sh -c \'echo $$ >pid; exec "$@"\' sh "$@"',
	'echo $? >exit',
	'stty -a >after',
].join('; ');

/** The initial state of a terminal. */
export const stateAtFirst: TerminalState = {
	alternateScreen: false,
	cursorVisible: true,
	title: '',
	scrollbackErased: false,
	inputModes: [],
};

const read = ({cwd}: TestTerminal, name: string): string =>
	existsSync(path.join(cwd, name)) ? readFileSync(path.join(cwd, name), 'utf8').trim() : '';

/** A way to leave the program. */
export type WayOut = {
	name: string;
	exitCode: number;
	/** Whether it closes the terminal, so that nothing can be checked. */
	closes?: true;
	/** `runs`: whether a command is running. */
	leave(terminal: TestTerminal, runs: boolean): Promise<void>;
};

/** The process ID of a program opened by `openToLeave`. */
export const pidOf = (terminal: TestTerminal): number => Number(read(terminal, 'pid'));

/** Sends a signal to a program opened by `openToLeave`. */
export const signalProgram = (terminal: TestTerminal, name: NodeJS.Signals): void => {
	process.kill(pidOf(terminal), name);
};

/** Answers yes if the program asks whether to leave; otherwise it has already ended. */
const agree = async (terminal: TestTerminal): Promise<void> => {
	const asked = terminal.waitFor('Leave the workshop?').then(() => terminal.press('y'));
	// The wait also fails if the program ends, which is fine.
	await Promise.race([terminal.exited, asked.catch(error => onlyWhenOver(terminal, error))]);
};

const onlyWhenOver = async (terminal: TestTerminal, error: unknown): Promise<void> => {
	const over = await Promise.race([terminal.exited, null]);
	if (!over) throw error;
};

const bySignal = (name: NodeJS.Signals, exitCode: number): WayOut => ({
	name,
	exitCode,
	leave: async terminal => signalProgram(terminal, name),
});

/** The usual way to leave. */
export const byQ: WayOut = {
	name: 'q',
	exitCode: 0,
	async leave(terminal) {
		terminal.press('q');
		await agree(terminal);
	},
};

/** All ways in which a learner, the system or the window can end the program. */
export const waysOut: WayOut[] = [
	byQ,
	{
		name: 'ctrl-c',
		exitCode: 0,
		async leave(terminal, runs) {
			if (runs) {
				terminal.press(keys.ctrlC);
				await terminal.waitUntil(
					rows => [/ cancelled/, /enter (?:play|run) again/].every(wanted => wanted.test(rows.join('\n'))),
					'a pane that says cancelled, and a footer that offers to run it again',
				);
			}
			terminal.press(keys.ctrlC);
			await agree(terminal);
		},
	},
	bySignal('SIGTERM', 143),
	bySignal('SIGINT', 130),
	bySignal('SIGHUP', 129),
	{name: 'closing the terminal', exitCode: 129, closes: true, leave: async terminal => terminal.close()},
];

/** Opens the program so that `hasLeft` can check how it ended. */
export const openToLeave = (options: TerminalOptions, {closes}: Pick<WayOut, 'closes'> = {}): TestTerminal =>
	openTerminal({...options, ...(closes ? {} : {around})});

/** Waits for the end, and asserts that the terminal is restored and no process is left. */
export const hasLeft = async (
	t: ExecutionContext,
	terminal: TestTerminal,
	{exitCode, closes}: Pick<WayOut, 'exitCode' | 'closes'>,
): Promise<string[]> => {
	const ended = await terminal.exited;
	t.deepEqual(await waitForProcesses(`HOME=${terminal.home}`, 'none'), []);
	if (closes) {
		t.deepEqual(ended, {exitCode, signal: 0});
		return [];
	}
	// What the program wrote last may come after its end.
	await settled(terminal.state, state => isDeepStrictEqual(state, stateAtFirst));
	const rows = [...terminal.scrollback(), ...terminal.screen()].filter(row => row !== '');
	t.is(read(terminal, 'exit'), String(exitCode), rows.join('\n'));
	t.truthy(read(terminal, 'before'));
	t.is(read(terminal, 'after'), read(terminal, 'before'));
	t.deepEqual(terminal.state(), stateAtFirst, rows.join('\n'));
	return rows;
};

/**
 * Leaves, and asserts that only the summary is left. `goesOnAt`: the step that it names. `runs`: whether a command is
 * running.
 */
export const leaves = async (
	t: ExecutionContext,
	terminal: TestTerminal,
	way: WayOut,
	goesOnAt: string,
	runs = false,
): Promise<void> => {
	await way.leave(terminal, runs);
	const rows = await hasLeft(t, terminal, way);
	if (way.closes) return;
	t.is(rows.length, 2, rows.join('\n'));
	t.regex(
		rows[0] ?? '',
		/^.+: \d+ of \d+ steps passed(?:\.| in the recording; nothing ran on this machine\.)$/,
	);
	t.is(rows[1], `Next time you continue at “${goesOnAt}”.`);
};
