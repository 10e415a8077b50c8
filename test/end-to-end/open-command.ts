import {temporaryFolder} from '../tools/child-environment.js';
import {openToLeave} from '../tools/leave.js';
import {keys, type TerminalOptions, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {workshopOf} from './make-faults.js';

/** Opens a workshop of one command, or a folder of one's own, at its first step, when the engine has answered. */
export const openCommand = async (
	command: string | {folder: string},
	options: TerminalOptions,
): Promise<TestTerminal> => {
	const folder = typeof command === 'string' ? workshopOf(command) : command.folder;
	const cwd = options.cwd ?? temporaryFolder();
	const terminal = openToLeave({...options, cwd, args: [folder, ...trust(folder), ...(options.args ?? [])]});
	await terminal.waitFor(/ engine \d/);
	terminal.press(keys.enter);
	await terminal.waitFor('Press enter to run it.');
	return terminal;
};

/** Waits for words on the screen, however they are broken into lines on either side of it. */
export const waitForWords = (terminal: TestTerminal, wanted: RegExp): Promise<string[]> =>
	terminal.waitUntil(rows => wanted.test(wordsOf(rows)), String(wanted));

/** The words on the left of the screen, then those on the right. */
const wordsOf = (rows: string[]): string => {
	const border = rows[1]?.indexOf('┬') ?? -1;
	const column = border < 0 ? undefined : border;
	const left = rows.map(row => row.slice(0, column));
	const right = border < 0 ? [] : rows.map(row => row.slice(border + 1));
	return [...left, ...right].join(' ').replaceAll(/\s+/g, ' ');
};
