import * as v from 'valibot';
import {passed, selectFacts} from '../facts.js';
import {innerPath, names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** A file of the lab folder is there and says what the text talks about. */
export const file = defineKind({
	schema: v.strictObject({check: v.literal('file'), path: innerPath, has: names, ...words}),
	subject: 'lab',
	readLab: ({path}, read) => [{fact: 'file', path, text: read(path)}],
	judge({path, has}, facts) {
		const text = selectFacts(facts, 'file').find(one => one.path === path)?.text ?? null;
		if (text === null) return `The file ${path} is not in the lab folder.`;
		const absent = has.find(piece => !text.includes(piece));
		if (absent !== undefined) return `The file ${path} has no \`${absent}\`.`;
		return passed(`The file ${path} says what the text talks about.`);
	},
	lint({path, has}, {isChallenge, contexts, hasFile, read}) {
		if (!contexts) return null;
		if (!contexts.some(context => path.startsWith(`${context}/`))) {
			return {message: `looks at \`${path}\`, which is in no context`, keys: ['path']};
		}
		// What a challenge looks for may be for the learner to write.
		if (isChallenge) return null;
		if (!hasFile(path)) return {message: `looks at \`${path}\`, which is not there`, keys: ['path']};
		const text = read(path);
		const absent = text === null ? -1 : has.findIndex(piece => !text.includes(piece));
		return absent < 0 ? null : {message: `\`${path}\` has no \`${has[absent]}\``, keys: ['has', absent]};
	},
});
