/** The line in which the learner types a command. Positions in it count characters, not bytes. */
export type CommandLine = {
	text: string;
	/** The number of characters before the cursor. */
	cursor: number;
	/** The number of the shown history line, from 1 for the newest; 0 for the learner's own text. */
	recalled: number;
	/** The learner's text before going back in the history. */
	draft: string;
	/** The text to search the history for; null outside of a search. */
	search: string | null;
	/** The possible completions of the word, if there are several. */
	offers: string[];
	/** Whether it is the answer to a question, or a prediction, and no command. */
	isAnswer?: true;
};

/** Stands for a blank in a command line that the learner has not filled in: one character, which typing replaces. */
export const openBlank = '␣';

/** An open blank as the learner sees it. */
export const shownBlank = '____';

/** Returns a line with the given text, and the cursor at its first open blank or else at its end. */
export const openLine = (text: string): CommandLine => ({
	text,
	cursor: findBlank([...text], 0) ?? [...text].length,
	recalled: 0,
	draft: text,
	search: null,
	offers: [],
});

/** An edit that a key makes in the command line. */
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
	| 'next-blank'
	| 'older'
	| 'newer'
	| 'search'
	| 'leave-search';

/** Returns the line after an edit. `history`: earlier lines, newest last. */
export const editLine = (line: CommandLine, edit: LineEdit, history: string[]): CommandLine => {
	if (edit === 'search') return searchHistory(line, line.search === null ? 0 : line.recalled, history);
	if (edit === 'leave-search') return openLine(line.draft);
	if (line.search !== null) {
		// Any other key accepts the line found, except the one that shortens the search text.
		if (edit !== 'erase') return editLine({...line, search: null}, edit, history);
		return searchHistory({...line, search: [...line.search].slice(0, -1).join('')}, 0, history);
	}
	if (edit === 'older') return recallHistory(line, line.recalled + 1, history);
	if (edit === 'newer') return recallHistory(line, line.recalled - 1, history);
	return {...line, ...applyEdit(line, edit), offers: []};
};

/** Returns the line with text inserted at the cursor; during a search, the text is added to the search text. */
export const typeText = (line: CommandLine, text: string, history: string[]): CommandLine => {
	if (line.search !== null) return searchHistory({...line, search: line.search + text}, 0, history);
	const {before, after} = splitAtCursor(line);
	const rest = after[0] === openBlank ? after.slice(1) : after;
	return {...line, ...joinAtCursor([...before, ...text], rest), offers: []};
};

/** The position of the first open blank from `from` on; null if there is none. */
const findBlank = (characters: string[], from: number): number | null => {
	const found = characters.indexOf(openBlank, from);
	return found < 0 ? null : found;
};

type TextAndCursor = Pick<CommandLine, 'text' | 'cursor'>;

const splitAtCursor = ({text, cursor}: TextAndCursor): {before: string[]; after: string[]} => {
	const characters = [...text];
	return {before: characters.slice(0, cursor), after: characters.slice(cursor)};
};

const joinAtCursor = (before: string[], after: string[]): TextAndCursor => ({
	text: [...before, ...after].join(''),
	cursor: before.length,
});

const applyEdit = (
	line: TextAndCursor,
	edit: Exclude<LineEdit, 'older' | 'newer' | 'search' | 'leave-search'>,
): TextAndCursor => {
	const {before, after} = splitAtCursor(line);
	const all = [...before, ...after];
	const moveTo = (place: number) => joinAtCursor(all.slice(0, place), all.slice(place));
	const wordLeft = [...before.join('').replace(/\S*\s*$/u, '')].length;
	const wordRight = before.length + [...(/^\s*\S*/u.exec(after.join(''))?.[0] ?? '')].length;
	const results: Record<typeof edit, TextAndCursor> = {
		left: moveTo(Math.max(0, line.cursor - 1)),
		right: moveTo(line.cursor + 1),
		'word-left': moveTo(wordLeft),
		'word-right': moveTo(wordRight),
		home: moveTo(0),
		end: moveTo(all.length),
		erase: joinAtCursor(before.slice(0, -1), after),
		'erase-next': joinAtCursor(before, after.slice(1)),
		'erase-word': joinAtCursor(before.slice(0, wordLeft), after),
		'erase-before': joinAtCursor([], after),
		'erase-after': joinAtCursor(before, []),
		// Behind the last one, the first one follows.
		'next-blank': moveTo(findBlank(all, line.cursor + 1) ?? findBlank(all, 0) ?? line.cursor),
	};
	return results[edit];
};

const recallHistory = (line: CommandLine, recalled: number, history: string[]): CommandLine => {
	if (recalled < 0 || recalled > history.length) return line;
	const draft = line.recalled === 0 ? line.text : line.draft;
	const text = recalled === 0 ? draft : (history.at(-recalled) ?? '');
	return {...openLine(text), draft, recalled};
};

/** Recalls the newest history line older than number `newerThan` that contains the search text. */
const searchHistory = (line: CommandLine, newerThan: number, history: string[]): CommandLine => {
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
