import {messages as english} from '../../source/messages/en/index.js';
import type {Messages} from '../../source/messages/index.js';

/**
 * A pseudo-translation: every word has other letters and is half as long again. Parameters of messages (names, numbers,
 * other sentences) and text in backquotes stay unchanged.
 */
export const pseudoLanguage = (): Messages => translate(english, []) as Messages;

const translate = (value: unknown, given: string[]): unknown => {
	if (typeof value === 'string') return translateText(value, given);
	if (typeof value === 'function') {
		return (...values: unknown[]) => translate(value(...values), values.flatMap(textsIn));
	}
	if (Array.isArray(value)) return value.map(item => translate(item, given));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, translate(one, given)]));
};

/** All texts in a parameter. */
const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string' || typeof value === 'number') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
};

const translateText = (text: string, given: string[]): string => {
	// The longest first, as one may begin with another.
	const kept = given.filter(one => one !== '').sort((a, b) => b.length - a.length);
	const literals = ['`[^`]*`', '\\*\\*[^*]*\\*\\*', ...kept.map(wholeText)];
	return text
		.split(new RegExp(`(${literals.join('|')})`))
		.map((part, index) => (index % 2 === 1 ? part : part.replace(/[A-Za-z’]+/g, translateWord)))
		.join('');
};

/** Matches a text, but not within a word. */
const wholeText = (text: string): string =>
	`(?<![A-Za-z’])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![A-Za-z’])`;

const translateWord = (word: string): string => {
	const letters = [...word].map(letter => otherLetters.get(letter) ?? letter).join('');
	return letters + 'ø'.repeat(Math.ceil(word.length / 2));
};

const otherLetters = new Map(
	[...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [
		letter,
		[...'àƀćđéƒĝĥîĵķĺṁńóṕʠŕśťúṽŵẋýžÀƁĆĐÉƑĜĤÎĴĶĹṀŃÓṔɊŔŚŤÚṼŴẊÝŽ'][index] ?? letter,
	]),
);
