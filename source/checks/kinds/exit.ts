import {failed, findRun, passed} from '../facts.js';
import type {CheckDeclaration, Fact, RunFact, Verdict} from '../model.js';

/** The step's command ended with the exit code that the workshop expects. */
export const checkExit = (
	{is, finding, hint}: Extract<CheckDeclaration, {check: 'exit'}>,
	facts: Fact[],
): Verdict => {
	const run = findRun(facts);
	if (!run) return failed(finding, 'The command of this step has not run yet.', hint);
	if (run.exitCode === null) return failed(finding, 'The command did not run to its end.', hint);
	if (run.exitCode === is) return passed(`The command ended with exit code ${is}.`);
	const where = run.failure ? describeLocation(run.failure) : '';
	return failed(finding, `The command ended with exit code ${run.exitCode} instead of ${is}${where}.`, hint);
};

/** Where in the Dockerfile a build failed, as the end of a sentence; empty when that is not known. */
const describeLocation = ({stage, line}: NonNullable<RunFact['failure']>): string => {
	const at = line === null ? '' : ` at line ${line} of the Dockerfile`;
	if (stage !== null) return `: stage ${stage} failed${at}`;
	return line === null ? '' : `: it failed${at}`;
};
