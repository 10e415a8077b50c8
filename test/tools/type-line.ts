import {keys, type TestTerminal} from './terminal.js';

/** The footer: the last row with something on it. */
export const footerOf = (rows: string[]): string => rows.findLast(row => row !== '') ?? '';

/** Types a line into the command line, as soon as it can be opened, and runs it. */
export const typeLine = async (terminal: TestTerminal, line: string, open = ':'): Promise<void> => {
	await terminal.waitUntil(
		rows => footerOf(rows).includes(': command'),
		'a footer that offers to type',
		60_000,
	);
	terminal.press(open);
	await terminal.waitFor('esc close');
	terminal.press(line);
	await terminal.waitFor(line.slice(-20));
	terminal.press(keys.enter);
	await terminal.waitUntil(rows => !footerOf(rows).includes('esc close'), 'a closed command line');
};
