import {padToWidth, widthOf} from '../../source/text/width.js';
import {emulateTerminal} from '../tools/emulate-terminal.js';

const pane = {left: 10, columns: 40, right: 10, rows: 20};
const left = '▒'.repeat(pane.left - 1).concat('│');
const right = '│'.concat('▒'.repeat(pane.right - 2), '┃');
const rule = '═'.repeat(pane.left + pane.columns + pane.right);

/**
 * Text without characters whose width this emulator tells differently: its tables are those of Unicode 11, and no
 * program knows every terminal's.
 */
export const createWidthFilter = (): ((text: string) => Promise<string>) => {
	const emulator = emulateTerminal(10, 1);
	const known = new Map<string, boolean>();
	const isAsWide = async (character: string): Promise<boolean> => {
		await new Promise<void>(resolve => emulator.write(`\u001B[1;1H\u001B[Kab${character}│`, resolve));
		return emulator.cell(2 + widthOf(`b${character}`) - 1, 0).text === '│';
	};
	return async text => {
		for (const character of new Set(text.replace(/[\u0000-\u007F]/g, '')))
			if (!known.has(character)) known.set(character, await isAsWide(character));
		return [...text].filter(character => known.get(character) !== false).join('');
	};
};

/** A pane with borders on an emulated terminal, drawn as the program draws: whole rows, from the left to the right. */
export const openPane = () => {
	const columns = rule.length;
	const emulator = emulateTerminal(columns, pane.rows + 2);
	const answers: string[] = [];
	emulator.onAnswer(answer => answers.push(answer));
	const put = (row: number, text: string) => `\u001B[${row + 1};1H${text}\u001B[0m`;
	const write = (text: string) => new Promise<void>(resolve => emulator.write(text, resolve));

	/** What lines of at most the pane's height have done to the terminal beside standing in their pane; null: nothing. */
	const show = async (lines: string[]): Promise<string | null> => {
		const rows = lines.map((line, index) => put(index + 1, left + padToWidth(line, pane.columns) + right));
		await write(put(0, rule) + rows.join('') + put(pane.rows + 1, rule));
		if (answers.length > 0) return `it answers ${JSON.stringify(answers)}`;
		const {alternateScreen, cursorVisible, title} = emulator.state();
		if (alternateScreen || !cursorVisible || title !== '') return 'a mode of the terminal has changed';
		const screen = emulator.screen();
		const crooked = lines.findIndex((_, index) => {
			const row = screen[index + 1] ?? '';
			const border = emulator.cell(pane.left + pane.columns, index + 1);
			return !row.startsWith(left) || !row.endsWith(right) || border.text !== '│';
		});
		if (crooked !== -1) return `row ${crooked + 1} is ${JSON.stringify(screen[crooked + 1])}`;
		const isFramed = screen[0] === rule && screen[pane.rows + 1] === rule;
		return isFramed ? null : 'what is above or below has changed';
	};
	return {rows: pane.rows, show};
};
