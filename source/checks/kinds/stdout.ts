import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {findRun, passed} from '../facts.js';
import {names} from '../fields.js';
import {defineKind, words} from '../kind.js';

/** Passes if the output of the step's command contains, or lacks, pieces of text. */
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
		if (!run) return messages.checks.commandNotRun;
		const absent = has.find(text => !run.stdout.includes(text));
		if (absent !== undefined) return messages.checks.stdout.lacks(absent);
		const present = lacks.find(text => run.stdout.includes(text));
		if (present !== undefined) return messages.checks.stdout.has(present);
		if (has.length > 0) return passed(messages.checks.stdout.asExpected);
		return passed(run.stdout.trim() === '' ? messages.checks.stdout.silent : messages.checks.stdout.clean);
	},
});
