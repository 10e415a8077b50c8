import {keys} from './terminal.js';

/** The footer: the last row that is not empty. */
export const footerOf = (rows: string[]): string => rows.findLast(row => row !== '') ?? '';

/** A program in a terminal, or a screen in this process. */
type Typing = {
	press(keys: string): void;
	waitFor(wanted: string): Promise<string[]>;
	waitUntil(holds: (rows: string[]) => boolean, wanted: string, timeout?: number): Promise<string[]>;
};

/** Types a line into the command line as soon as it can be opened, and runs it. */
export const typeLine = async (terminal: Typing, line: string, open = ':'): Promise<void> => {
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
