import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {names, regularExpression} from './fields.js';

/** The fields of a check that say what a text must contain, must not contain, and match. */
export const textFields = {
	has: v.exactOptional(names),
	lacks: v.exactOptional(names),
	/** `^` and `$` match at each line. */
	matches: v.exactOptional(regularExpression),
};

/** What a text must contain, must not contain, and match. */
export type TextExpectation = {has?: string[]; lacks?: string[]; matches?: string};

/** Says in one sentence why a text is not as expected; null if it is. `subject`: what the text is, as in “The output”. */
export const findMismatch = (
	text: string,
	{has = [], lacks = [], matches}: TextExpectation,
	subject: string,
): string | null => {
	const say = messages.checks.text;
	const absent = has.find(piece => !text.includes(piece));
	if (absent !== undefined) return say.lacks(subject, absent);
	const present = lacks.find(piece => text.includes(piece));
	if (present !== undefined) return say.has(subject, present);
	return matches === undefined || new RegExp(matches, 'm').test(text)
		? null
		: say.matchesNot(subject, matches);
};
