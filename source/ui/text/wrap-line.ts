import wrapAnsi from 'wrap-ansi';
import {cleanLine, stripColours} from '../../text/clean-line.js';
import type {Line} from './line.js';

/** The line in as many lines as it needs, none wider than so many columns. Breaks between words, in words only if it must. */
export const wrapLine = (line: Line, columns: number): Line[] => {
	const characters = line.flatMap(({text, style}) =>
		[...stripColours(cleanLine(text.normalize().replaceAll('\n', ' ')))].map(character => ({
			character,
			style,
		})),
	);
	const text = characters.map(({character}) => character).join('');
	let next = 0;
	return wrapAnsi(text, Math.max(1, columns), {hard: true, trim: false})
		.split('\n')
		.map(row => {
			const from = next;
			next += [...row].length;
			return join(trim(characters.slice(from, next)));
		});
};

type Character = {character: string; style: Line[number]['style']};

/** Without spaces at both ends, which only stand there because the line was broken. */
const trim = (characters: Character[]): Character[] => {
	const from = characters.findIndex(({character}) => character !== ' ');
	const to = characters.findLastIndex(({character}) => character !== ' ');
	return from < 0 ? [] : characters.slice(from, to + 1);
};

const join = (characters: Character[]): Line => {
	const line: Line = [];
	for (const {character, style} of characters) {
		const last = line.at(-1);
		if (last?.style === style) last.text += character;
		else line.push({text: character, style});
	}
	return line;
};
