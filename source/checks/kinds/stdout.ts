import * as v from 'valibot';
import {findRun, passed} from '../facts.js';
import {names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** The step's command printed, or did not print, pieces of text. */
export const stdout = defineKind({
	schema: v.strictObject({
		check: v.literal('stdout'),
		has: v.exactOptional(names),
		lacks: v.exactOptional(names),
		...words,
	}),
	subject: 'run',
	judge({has = [], lacks = []}, facts) {
		const run = findRun(facts);
		if (!run) return 'The command of this step has not run yet.';
		const absent = has.find(text => !run.stdout.includes(text));
		if (absent !== undefined) return `The output has no \`${absent}\`.`;
		const present = lacks.find(text => run.stdout.includes(text));
		if (present !== undefined) return `The output has \`${present}\`, which it should not have.`;
		if (has.length > 0) return passed('The command printed what was expected.');
		return passed(
			run.stdout.trim() === ''
				? 'The command printed nothing, as it should.'
				: 'The output has nothing that it should not have.',
		);
	},
});
