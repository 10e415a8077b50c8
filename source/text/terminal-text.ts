import {messages} from '../messages/index.js';
import {widthOf} from './width.js';

/**
 * Whatever needs cleaning: controls, direction overrides, joiners, selectors, skin tones, line breaks, parts of Korean
 * syllables, and a combining mark at the start.
 */
const suspectPattern =
	/^\p{M}|[\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/u;

/** What is dropped after escape sequences are handled; tabs and carriage returns have a meaning. */
const droppedPattern =
	/(?![\t\r\u001B])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Zl}\p{Zp}]/gu;

/** Combining marks without a base character in their line: they would land on a border, or take a column there. */
const loneMarkPattern = /(^|\u001B\[[0-9;:]*m)\p{M}+/gu;

/** Vowels and final consonants outside any Korean syllable: terminals disagree on their width. */
const loneVowelPattern = /[\u1160-\u11FF\uD7B0-\uD7FF]/g;

const colourPattern = /\u001B\[[0-9;:]*m/g;

/**
 * Escape and control sequences, in this order: colours (kept); OSC up to BEL or ST; DCS, SOS, PM, APC up to ST; other
 * CSI; any other escape. An unterminated one takes the rest of its line, as on a terminal.
 */
const sequencePattern =
	/(\u001B\[[0-9;:]{0,64}m)|(?:\u001B\]|\u009D)(?:(?!\u001B\\)[^\u0007\u009C])*(?:\u0007|\u009C|\u001B\\|$)|(?:\u001B[PX^_]|[\u0090\u0098\u009E\u009F])(?:(?!\u001B\\)[^\u009C])*(?:\u009C|\u001B\\|$)|(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]?|\u001B[ -/]*[0-~]?/gu;

/** Removes the colours of a line. */
export const stripColours = (text: string): string => text.replace(colourPattern, '');

/**
 * Returns what may be shown of a line: text and well-formed colour sequences, reset at the end. Drops all other escape
 * and control sequences, expands tabs to multiples of 8, and keeps the last text after carriage returns.
 */
export const cleanLine = (text: string): string => {
	if (!suspectPattern.test(text)) return text;
	const safe = text
		.replace(sequencePattern, (_, kept: string | undefined) => (kept === undefined ? '' : withZeros(kept)))
		.replace(droppedPattern, '');
	const letters = composeLetters(resolveOverwrites(safe));
	// Leading resets end colours of the line before, which don't matter here.
	return closeColours(expandTabs(letters)).replace(/^(?:\u001B\[0*m)+/, '');
};

/** Writes `ESC [ m` as `ESC [ 0 m`, its meaning: not all code that cuts lines knows the short form. */
const withZeros = (colours: string): string => colours.replace(/(?<=[[;])(?=[;m])/g, '0');

/** Composes letters with their marks, and Korean syllables; drops marks and vowels on their own. */
const composeLetters = (text: string): string =>
	text.replace(loneMarkPattern, '$1').normalize().replace(loneVowelPattern, '');

const resolveOverwrites = (text: string): string => {
	if (!text.includes('\r')) return text;
	const parts = text.split('\r');
	let last = parts.length - 1;
	while (last > 0 && stripColours(parts[last] ?? '') === '') last--;
	// The overwritten text may have set a colour.
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

/** What a terminal hides, obeys, or shows as something else: controls, direction marks, unusual spaces. */
const deceptivePattern = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Escapes everything deceptive, as in `\u{202e}`, so that a command that runs can't look like another. */
export const escapeDeceptive = (text: string): string =>
	text.replace(deceptivePattern, mark => escapeCharacter(mark));

/** What a terminal obeys or hides, or what changes the direction of text, except newlines and tabs. */
const hiddenPattern = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** The same, except the marks that separate left-to-right from right-to-left text, which reorder nothing. */
const misleadingPattern = /(?![\t\u061C\u200E\u200F])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Escapes every character that is hidden, moves others, or is obeyed by a terminal, as in `\u{202e}`. */
export const escapeHiddenCharacters = (text: string): string =>
	text.replace(hiddenPattern, mark => escapeCharacter(mark));

/** The same for a name, where newlines and tabs are escaped, too. */
export const escapeHiddenInName = (name: string): string =>
	escapeHiddenCharacters(name).replace(/[\n\t]/g, mark => escapeCharacter(mark));

/** Returns the first misleading character, as `U+202E`, with its line and column from 1; null if there is none. */
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

/** Names of Windows devices, with or without an extension, in any case. */
const deviceNames = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00B9\u00B2\u00B3])(?:\..*)?$/i;

/** Returns why Windows can't have a file of this name, as the end of a sentence about it; null if it can. */
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
