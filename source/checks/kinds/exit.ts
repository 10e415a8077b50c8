import * as v from 'valibot';
import {findRun, passed} from '../facts.js';
import {integer} from '../fields.js';
import {defineKind, words} from '../kind.js';
import type {RunFact} from '../model.js';

/** The step's command ended with the exit code that the workshop expects. */
export const exit = defineKind({
	schema: v.strictObject({check: v.literal('exit'), is: integer, ...words}),
	subject: 'run',
	judge({is}, facts) {
		const run = findRun(facts);
		if (!run) return 'The command of this step has not run yet.';
		if (run.exitCode === null) return 'The command did not run to its end.';
		if (run.exitCode === is) return passed(`The command ended with exit code ${is}.`);
		const where = run.failure ? describeLocation(run.failure) : '';
		return `The command ended with exit code ${run.exitCode} instead of ${is}${where}.`;
	},
});

/** Where in the Dockerfile a build failed, as the end of a sentence; empty when that is not known. */
const describeLocation = ({stage, line}: NonNullable<RunFact['failure']>): string => {
	const at = line === null ? '' : ` at line ${line} of the Dockerfile`;
	if (stage !== null) return `: stage ${stage} failed${at}`;
	return line === null ? '' : `: it failed${at}`;
};
