import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {passed, selectFacts} from '../facts.js';
import {innerPath, names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** Passes if a file of the lab folder exists and contains all given pieces of text. */
export const file = defineKind({
	schema: v.strictObject({check: v.literal('file'), path: innerPath, has: names, ...words}),
	subject: 'lab',
	readLab: ({path}, read) => [{fact: 'file', path, text: read(path)}],
	judge({path, has}, facts) {
		const text = selectFacts(facts, 'file').find(one => one.path === path)?.text ?? null;
		if (text === null) return messages.checks.file.missing(path);
		const absent = has.find(piece => !text.includes(piece));
		if (absent !== undefined) return messages.checks.file.lacks(path, absent);
		return passed(messages.checks.file.asExpected(path));
	},
	lint({path, has}, {isChallenge, contexts, hasFile, read}) {
		if (!contexts) return null;
		if (!contexts.some(context => path.startsWith(`${context}/`))) {
			return {message: messages.checks.file.lint.outside(path), keys: ['path']};
		}
		// In a challenge, the learner may have to write what the check looks for.
		if (isChallenge) return null;
		if (!hasFile(path)) return {message: messages.checks.file.lint.missing(path), keys: ['path']};
		const text = read(path);
		if (text === null) return null;
		for (const [index, piece] of has.entries()) {
			if (!text.includes(piece))
				return {message: messages.checks.file.lint.lacks(path, piece), keys: ['has', index]};
		}
		return null;
	},
});
