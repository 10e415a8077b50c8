import {widthOf} from './width.js';

/**
 * Anything that has to be looked at: controls, direction overrides, joiners, selectors, skin tones, line breaks, parts of
 * Korean syllables, and a mark at the beginning.
 */
const suspect =
	/^\p{M}|[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/u;

/** What is dropped once the sequences are dealt with; tab and carriage return have a meaning. */
const dropped =
	/(?![\t\r\u001B])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/gu;

/** Marks with no character of their own line before them: they would stand on a border, or take a column there. */
const loneMarks = /(^|\u001B\[[0-9;:]*m)\p{M}+/gu;

/** Vowels and ends of Korean syllables that are part of none are as wide as each terminal likes. */
const loneVowels = /[\u1160-\u11FF\uD7B0-\uD7FF]/g;

const colour = /\u001B\[[0-9;:]*m/g;

/**
 * Escape and control sequences, in this order: colours (kept); OSC up to BEL or ST; DCS, SOS, PM, APC up to ST; other
 * CSI; any other escape. One that never ends takes the rest of its line, as it does on a terminal.
 */
const sequence =
	/(\u001B\[[0-9;:]{0,64}m)|(?:\u001B\]|\u009D)(?:(?!\u001B\\)[^\u0007\u009C])*(?:\u0007|\u009C|\u001B\\|$)|(?:\u001B[PX^_]|[\u0090\u0098\u009E\u009F])(?:(?!\u001B\\)[^\u009C])*(?:\u009C|\u001B\\|$)|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -/]*[0-~]?/gu;

/** A line without its colours. */
export const stripColours = (text: string): string => text.replace(colour, '');

/**
 * What may be shown of one line: text and well-formed colour sequences, closed at the end. Every other escape or
 * control sequence is dropped, tabs reach to the next multiple of 8, and after carriage returns the last text stands.
 */
export const cleanLine = (text: string): string => {
	if (!suspect.test(text)) return text;
	const safe = text
		.replace(sequence, (_, kept: string | undefined) => (kept === undefined ? '' : withZeros(kept)))
		.replace(dropped, '');
	const letters = composeLetters(lastOverwrite(safe));
	// Colours that were open on the line before are no matter here.
	return closeColours(expandTabs(letters)).replace(/^(?:\u001B\[0*m)+/, '');
};

/** `ESC [ m` as `ESC [ 0 m`, which it means: not everybody who cuts lines knows the short form. */
const withZeros = (colours: string): string => colours.replace(/(?<=[[;])(?=[;m])/g, '0');

/** Letters with their marks, and Korean syllables, in one piece where there is one; lone parts of them go. */
const composeLetters = (text: string): string =>
	text.replace(loneMarks, '$1').normalize().replace(loneVowels, '');

const lastOverwrite = (text: string): string => {
	if (!text.includes('\r')) return text;
	const parts = text.split('\r');
	let last = parts.length - 1;
	while (last > 0 && stripColours(parts[last] ?? '') === '') last--;
	// What was overwritten may have switched a colour on.
	const before = parts.slice(0, last).join('').match(colour) ?? [];
	return [...before, ...parts.slice(last)].join('');
};

const expandTabs = (text: string): string => {
	const [first = '', ...rest] = text.split('\t');
	let line = first;
	for (const part of rest) line += ' '.repeat(8 - (widthOf(line) % 8)) + part;
	return line;
};

const closeColours = (text: string): string => {
	const last = text.match(colour)?.at(-1);
	return last === undefined || /\[0*m$/.test(last) ? text : `${text}\u001B[0m`;
};
