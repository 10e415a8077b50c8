import {failed, findRun, passed} from '../facts.js';
import type {CheckDeclaration, Fact, Verdict} from '../model.js';

/** The step's command printed, or did not print, pieces of text. */
export const checkStdout = (
	{has = [], lacks = [], finding, hint}: Extract<CheckDeclaration, {check: 'stdout'}>,
	facts: Fact[],
): Verdict => {
	const run = findRun(facts);
	if (!run) return failed(finding, 'The command of this step has not run yet.', hint);
	const absent = has.find(text => !run.stdout.includes(text));
	if (absent !== undefined) return failed(finding, `The output has no \`${absent}\`.`, hint);
	const present = lacks.find(text => run.stdout.includes(text));
	if (present !== undefined) {
		return failed(finding, `The output has \`${present}\`, which it should not have.`, hint);
	}
	if (has.length > 0) return passed('The command printed what was expected.');
	return passed(
		run.stdout.trim() === ''
			? 'The command printed nothing, as it should.'
			: 'The output has nothing that it should not have.',
	);
};
