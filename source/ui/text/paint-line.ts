import {inspect} from 'node:util';
import {stripColours} from '../../text/clean-line.js';
import type {Surroundings} from '../surroundings.js';
import {type Look, type Style, theme, uncoloured} from '../theme.js';
import {inAscii} from './in-ascii.js';
import type {Line, Span} from './line.js';

/** The line as it is written to a terminal: its text with the sequences that make its looks. */
export const paintLine = (line: Line, surroundings: Surroundings, isMuted = false): string =>
	line.map(span => paintSpan(span, surroundings, isMuted)).join('');

const paintSpan = ({text, style}: Span, {symbols, isColoured}: Surroundings, isMuted: boolean): string => {
	const shown = isColoured ? text : stripColours(text);
	const written = symbols.borderStyle === 'classic' ? inAscii(shown) : shown;
	const {begin, end} = sequencesOf(style, isColoured, isMuted);
	if (begin === '') return written;
	// What a command printed may put an end to its own colours: ours go on.
	return `${begin}${written.includes('\u001B') ? written.replace(ends, `$&${begin}`) : written}${end}`;
};

type Sequences = {begin: string; end: string};

/** All that end something. */
const ends = /\u001B\[(?:0|22|23|24|27|39|)m/g;

const known = new Map<string, Sequences>();

const sequencesOf = (style: Style, isColoured: boolean, isMuted: boolean): Sequences => {
	const key = `${style} ${isColoured} ${isMuted}`;
	const found = known.get(key) ?? makeSequences(looksOf(style, isColoured, isMuted));
	known.set(key, found);
	return found;
};

const looksOf = (style: Style, isColoured: boolean, isMuted: boolean): Look[] => [
	...new Set(
		[...theme[style], ...(isMuted ? theme.muted : [])].filter(look => isColoured || uncoloured.has(look)),
	),
];

const makeSequences = (looks: Look[]): Sequences => {
	const codes = looks.map(look => inspect.colors[look] ?? [0, 0]);
	return {
		begin: codes.map(([begin]) => `\u001B[${begin}m`).join(''),
		end: codes
			.map(([, end]) => `\u001B[${end}m`)
			.toReversed()
			.join(''),
	};
};
