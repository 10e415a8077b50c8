import {isCleanup} from './is-cleanup.js';
import type {Step} from './model.js';
import type {StepSource} from './parse-chapter.js';
import type {Place} from './problems.js';

/**
 * A step that runs something, and has nothing to run, is the clean-up. Anywhere but at the end it would remove what the
 * steps behind it need, and an author who forgot a command would not notice.
 */
export const checkCleanup = (
	{steps, sources}: {steps: Step[]; sources: ReadonlyMap<Step, StepSource>},
	report: (step: Step, message: string, place?: Place) => void,
): void => {
	for (const step of steps) {
		if (!isCleanup(step)) continue;
		const locate = sources.get(step)?.locate;
		if (step !== steps.at(-1)) report(step, notLast, locate?.('kind'));
		else if (step.checks.length > 0) report(step, hasChecks, locate?.('checks'));
	}
};

const fence = 'a command is a fenced block that begins with ```sh run';
const notLast = `a step of the kind \`run\` without a command is the clean-up, and that is the last step of a workshop: ${fence}`;
const hasChecks = `a step of the kind \`run\` without a command is the clean-up, and that has no checks: ${fence}`;
