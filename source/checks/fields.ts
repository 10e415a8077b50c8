import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {maxIdLength} from '../text/limits.js';

/** The fields of a workshop's YAML, as valibot schemas. */

export const id = v.pipe(
	v.string(),
	v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, () => messages.checks.fields.id),
	v.maxLength(maxIdLength, () => messages.checks.fields.longId(maxIdLength)),
);
export const sentence = v.pipe(
	v.string(),
	v.trim(),
	v.minLength(1, () => messages.checks.fields.empty),
);
export const names = v.array(sentence);
/** The source of a JavaScript regular expression. */
export const regularExpression = v.pipe(
	sentence,
	v.check(isRegularExpression, () => messages.checks.fields.noExpression),
);
export const integer = v.pipe(v.number(), v.integer());

/** A relative path that does not lead out of the workshop's folder. */
export const innerPath = v.pipe(
	sentence,
	v.check(
		path => !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split(/[\\/]/).includes('..'),
		() => messages.checks.fields.outside,
	),
);

function isRegularExpression(source: string): boolean {
	try {
		return new RegExp(source) instanceof RegExp;
	} catch {
		return false;
	}
}
