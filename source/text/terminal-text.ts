import {messages} from '../messages/index.js';
import {widthOf} from './width.js';

/**
 * Anything that has to be looked at: controls, direction overrides, joiners, selectors, skin tones, line breaks, parts of
 * Korean syllables, and a mark at the beginning.
 */
const suspectPattern =
	/^\p{M}|[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/u;

/** What is dropped once the sequences are dealt with; tab and carriage return have a meaning. */
const droppedPattern =
	/(?![\t\r\u001B])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/gu;

/** Marks with no character of their own line before them: they would stand on a border, or take a column there. */
const loneMarkPattern = /(^|\u001B\[[0-9;:]*m)\p{M}+/gu;

/** Vowels and ends of Korean syllables that are part of none are as wide as each terminal likes. */
const loneVowelPattern = /[\u1160-\u11FF\uD7B0-\uD7FF]/g;

const colourPattern = /\u001B\[[0-9;:]*m/g;

/**
 * Escape and control sequences, in this order: colours (kept); OSC up to BEL or ST; DCS, SOS, PM, APC up to ST; other
 * CSI; any other escape. One that never ends takes the rest of its line, as it does on a terminal.
 */
const sequencePattern =
	/(\u001B\[[0-9;:]{0,64}m)|(?:\u001B\]|\u009D)(?:(?!\u001B\\)[^\u0007\u009C])*(?:\u0007|\u009C|\u001B\\|$)|(?:\u001B[PX^_]|[\u0090\u0098\u009E\u009F])(?:(?!\u001B\\)[^\u009C])*(?:\u009C|\u001B\\|$)|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -/]*[0-~]?/gu;

/** A line without its colours. */
export const stripColours = (text: string): string => text.replace(colourPattern, '');

/**
 * What may be shown of one line: text and well-formed colour sequences, closed at the end. Every other escape or
 * control sequence is dropped, tabs reach to the next multiple of 8, and after carriage returns the last text stands.
 */
export const cleanLine = (text: string): string => {
	if (!suspectPattern.test(text)) return text;
	const safe = text
		.replace(sequencePattern, (_, kept: string | undefined) => (kept === undefined ? '' : withZeros(kept)))
		.replace(droppedPattern, '');
	const letters = composeLetters(resolveOverwrites(safe));
	// Colours that were open on the line before are no matter here.
	return closeColours(expandTabs(letters)).replace(/^(?:\u001B\[0*m)+/, '');
};

/** `ESC [ m` as `ESC [ 0 m`, which it means: not everybody who cuts lines knows the short form. */
const withZeros = (colours: string): string => colours.replace(/(?<=[[;])(?=[;m])/g, '0');

/** Letters with their marks, and Korean syllables, in one piece where there is one; lone parts of them go. */
const composeLetters = (text: string): string =>
	text.replace(loneMarkPattern, '$1').normalize().replace(loneVowelPattern, '');

const resolveOverwrites = (text: string): string => {
	if (!text.includes('\r')) return text;
	const parts = text.split('\r');
	let last = parts.length - 1;
	while (last > 0 && stripColours(parts[last] ?? '') === '') last--;
	// What was overwritten may have switched a colour on.
	const before = parts.slice(0, last).join('').match(colourPattern) ?? [];
	return [...before, ...parts.slice(last)].join('');
};

const expandTabs = (text: string): string => {
	const [first = '', ...rest] = text.split('\t');
	let line = first;
	for (const part of rest) line += ' '.repeat(8 - (widthOf(line) % 8)) + part;
	return line;
};

const closeColours = (text: string): string => {
	const last = text.match(colourPattern)?.at(-1);
	return last === undefined || /\[0*m$/.test(last) ? text : `${text}\u001B[0m`;
};

/** What a terminal hides, obeys, or shows as something else: controls, marks of direction, blanks that are none. */
const deceptivePattern = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** What runs must not look like something else: whatever is deceptive in it is written as `\u{202e}`. */
export const escapeDeceptive = (text: string): string =>
	text.replace(deceptivePattern, mark => escapeCharacter(mark));

/** What a terminal obeys or hides, and what turns the direction of text; line ends and tabs are left. */
const hiddenPattern = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** Without the marks that stand between scripts of both directions, which turn nothing around. */
const misleadingPattern = /(?![\t\u061C\u200E\u200F])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Text in which no character is hidden, moves another, or is obeyed by a terminal: such ones are written as `\u{202e}`. */
export const escapeHiddenCharacters = (text: string): string =>
	text.replace(hiddenPattern, mark => escapeCharacter(mark));

/** The same for a name, which has one line. */
export const escapeHiddenInName = (name: string): string =>
	escapeHiddenCharacters(name).replace(/[\n\t]/g, mark => escapeCharacter(mark));

/** The first place where text has such a character, as it is called: `U+202E`; null where it has none. Both from 1. */
export const findHiddenCharacter = (text: string): {name: string; line: number; column: number} | null => {
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const found = misleadingPattern.exec(line);
		if (found) {
			const name = `U+${formatCodePoint(found[0]).toUpperCase().padStart(4, '0')}`;
			return {name, line: index + 1, column: found.index + 1};
		}
	}
	return null;
};

const escapeCharacter = (mark: string): string => `\\u{${formatCodePoint(mark)}}`;

const formatCodePoint = (mark: string): string => mark.codePointAt(0)?.toString(16) ?? '';

/** Devices, with or without an extension, in any case. */
const deviceNames = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:\..*)?$/i;

/** Why Windows can't have a file of this name, to be said of it; null when it can. */
export const explainWindowsName = (name: string): string | null => {
	if (deviceNames.test(name)) return messages.text.windowsNames.device;
	const [forbidden] = /[<>:"|?*\\]/.exec(name) ?? [];
	if (forbidden) return messages.text.windowsNames.forbidden(forbidden);
	return /[. ]$/.test(name) ? messages.text.windowsNames.ending : null;
};

/** Whether the locale of an environment is UTF-8; Windows has no such variables. */
export const isUtf8 = (environment: Record<string, string | undefined>): boolean => {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return /utf-?8/i.test(locale);
};
