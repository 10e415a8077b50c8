import {type CommandLine, openLine} from './command-line.js';

/** What a key does to the command line. */
export type LineEdit =
	| 'left'
	| 'right'
	| 'word-left'
	| 'word-right'
	| 'home'
	| 'end'
	| 'erase'
	| 'erase-next'
	| 'erase-word'
	| 'erase-before'
	| 'erase-after'
	| 'older'
	| 'newer'
	| 'search'
	| 'leave-search';

/** The line after a key. `history`: the lines of before, newest last. */
export const editLine = (line: CommandLine, edit: LineEdit, history: string[]): CommandLine => {
	if (edit === 'search') return search(line, line.search === null ? 0 : line.recalled, history);
	if (edit === 'leave-search') return openLine(line.draft);
	if (line.search !== null) {
		// Any other key takes what was found, except the one that shortens what is looked for.
		if (edit !== 'erase') return editLine({...line, search: null}, edit, history);
		return search({...line, search: [...line.search].slice(0, -1).join('')}, 0, history);
	}
	if (edit === 'older') return recall(line, line.recalled + 1, history);
	if (edit === 'newer') return recall(line, line.recalled - 1, history);
	return {...line, ...move(line, edit), offers: []};
};

/** The line with a text put in where the cursor stands; in a search it is more of what is looked for. */
export const typeText = (line: CommandLine, text: string, history: string[]): CommandLine => {
	if (line.search !== null) return search({...line, search: line.search + text}, 0, history);
	const {before, after} = split(line);
	return {...line, ...place([...before, ...text], after), offers: []};
};

type Placed = Pick<CommandLine, 'text' | 'cursor'>;

const split = ({text, cursor}: Placed): {before: string[]; after: string[]} => {
	const characters = [...text];
	return {before: characters.slice(0, cursor), after: characters.slice(cursor)};
};

const place = (before: string[], after: string[]): Placed => ({
	text: [...before, ...after].join(''),
	cursor: before.length,
});

const move = (
	line: Placed,
	edit: Exclude<LineEdit, 'older' | 'newer' | 'search' | 'leave-search'>,
): Placed => {
	const {text} = line;
	const {before, after} = split(line);
	const end = before.length + after.length;
	const wordLeft = before.length - (/\S*\s*$/u.exec(before.join(''))?.[0] ?? '').length;
	switch (edit) {
		case 'left':
			return {text, cursor: Math.max(0, line.cursor - 1)};
		case 'right':
			return {text, cursor: Math.min(end, line.cursor + 1)};
		case 'word-left':
			return {text, cursor: Math.max(0, wordLeft)};
		case 'word-right':
			return {text, cursor: line.cursor + [...(/^\s*\S*/u.exec(after.join(''))?.[0] ?? '')].length};
		case 'home':
			return {text, cursor: 0};
		case 'end':
			return {text, cursor: end};
		case 'erase':
			return place(before.slice(0, -1), after);
		case 'erase-next':
			return place(before, after.slice(1));
		case 'erase-word':
			return place(before.slice(0, Math.max(0, wordLeft)), after);
		case 'erase-before':
			return place([], after);
		case 'erase-after':
			return place(before, []);
	}
};

const recall = (line: CommandLine, recalled: number, history: string[]): CommandLine => {
	if (recalled < 0 || recalled > history.length) return line;
	const draft = line.recalled === 0 ? line.text : line.draft;
	const text = recalled === 0 ? draft : (history.at(-recalled) ?? '');
	return {...openLine(text), draft, recalled};
};

/** The newest line of the history, older than the given one, that holds what is looked for. */
const search = (line: CommandLine, newerThan: number, history: string[]): CommandLine => {
	const draft = line.search === null ? line.text : line.draft;
	const wanted = line.search ?? '';
	const found =
		wanted === ''
			? -1
			: history.findLastIndex(
					(text, index) =>
						index < history.length - newerThan && text.toLowerCase().includes(wanted.toLowerCase()),
				);
	const text = found < 0 ? line.text : (history[found] ?? '');
	return {
		...openLine(text),
		draft,
		search: wanted,
		recalled: found < 0 ? newerThan : history.length - found,
	};
};
