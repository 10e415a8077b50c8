import {temporaryFolder} from '../tools/child-environment.js';
import {openToLeave} from '../tools/leave.js';
import {keys, type TerminalOptions, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {typeLine} from '../tools/type-line.js';
import {workshopOf} from './make-faults.js';

/** Opens a workshop of one command, or a folder of one's own, at its first step, when the engine has answered. */
export const openCommand = async (
	command: string | {folder: string},
	options: TerminalOptions,
): Promise<TestTerminal> => {
	const folder = typeof command === 'string' ? workshopOf(command) : command.folder;
	const cwd = options.cwd ?? temporaryFolder();
	const terminal = openToLeave({...options, cwd, args: [folder, ...trust(folder), ...(options.args ?? [])]});
	await findEngine(terminal);
	terminal.press(keys.enter);
	await terminal.waitFor('Press enter to run it.');
	return terminal;
};

/** On a machine with much to do an engine may not answer in time; a learner then asks again. */
export const findEngine = async (terminal: TestTerminal): Promise<void> => {
	for (let left = 10; left > 0; left--) {
		const rows = await terminal.waitFor(/ engine \d| t try again/, 60_000);
		if (/ engine \d/.test(rows.join('\n'))) return;
		terminal.press('t');
		await terminal.waitUntil(shown => !shown.join('\n').includes(' t try again'), 'another try');
	}
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

/** Runs the command of the step, or a typed one, until that has begun, for the same reason; may it take a name of the learner’s, it does. */
export const startCommand = async (
	terminal: TestTerminal,
	line: string | null,
	hasBegun: () => boolean,
): Promise<void> => {
	for (let left = 10; left > 0; left--) {
		if (line === null) terminal.press(keys.enter);
		else await typeLine(terminal, line);
		await terminal.waitUntil(rows => hasBegun() || !isDeaf(rows), 'another try');
		const rows = await terminal.waitUntil(
			shown => hasBegun() || isDeaf(shown) || isAsked(shown),
			'the command, or a question',
			60_000,
		);
		if (isAsked(rows)) {
			terminal.press('y');
			await terminal.waitUntil(shown => hasBegun() || isDeaf(shown), 'the command', 60_000);
		}
		if (hasBegun()) return;
	}
};

/** Whether the learner’s own image has the name that the command would take. */
const isAsked = (rows: string[]): boolean => rows.join('\n').includes('leave the name alone');

const isDeaf = (rows: string[]): boolean => /does not\s+answer/.test(rows.join('\n'));
