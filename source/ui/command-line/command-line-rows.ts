import {selectFolder} from '../../session/select/select-folder.js';
import type {SessionState} from '../../session/state.js';
import type {CommandLine} from '../../session/typed/command-line.js';
import {widthOf} from '../../text/width.js';
import {cutLine, type Line, span} from '../text/line.js';
import {promptSign} from '../text/prompt-sign.js';

/** At most so many rows of what is typed are in sight: those around the cursor. */
const mostRows = 5;

/** The command line as it stands above the footer: what is typed, with the cursor in it, and what tab offers. */
export const commandLineRows = (state: SessionState, columns: number): Line[] => {
	const {commandLine} = state;
	if (!commandLine) return [];
	const prompt = promptOf(state, commandLine);
	const {rows, cursorRow} = wrapTyped(commandLine, columns - widthOf(prompt) - 2);
	const first = Math.max(0, Math.min(cursorRow - mostRows + 1, rows.length - mostRows));
	const shown = rows.slice(first, first + mostRows);
	const indent = ' '.repeat(widthOf(prompt));
	const {offers} = commandLine;
	return [
		...shown.map((row, index): Line => [span(` ${first + index === 0 ? prompt : indent}`, 'strong'), ...row]),
		...(offers.length > 0 ? [cutLine([span(` ${indent}${offers.join('  ')}`, 'muted')], columns)] : []),
	];
};

const promptOf = (state: SessionState, {search}: CommandLine): string => {
	if (search !== null) return `history “${search}”: `;
	const folder = selectFolder(state);
	return `${folder}${folder === '' ? '' : ' '}${promptSign(state.dialect)}`;
};

/** The text in rows of so many columns; the character under the cursor is marked. */
const wrapTyped = ({text, cursor}: CommandLine, columns: number): {rows: Line[]; cursorRow: number} => {
	const rows: Line[] = [[]];
	let used = 0;
	let cursorRow = 0;
	const put = (character: string, isCursor: boolean): void => {
		const width = widthOf(character);
		if (used + width > Math.max(1, columns)) {
			rows.push([]);
			used = 0;
		}
		const row = rows.at(-1) ?? [];
		const style = isCursor ? 'match' : 'typed';
		const last = row.at(-1);
		if (last?.style === style) last.text += character;
		else row.push({text: character, style});
		used += width;
		if (isCursor) cursorRow = rows.length - 1;
	};
	for (const [index, character] of [...text, ''].entries()) {
		const isEnd = character === '' || character === '\n';
		if (isEnd && index === cursor) put(' ', true);
		else if (!isEnd) put(character, index === cursor);
		if (character === '\n') {
			rows.push([]);
			used = 0;
		}
	}
	return {rows, cursorRow};
};
