import type {Verdict} from '../../checks/model.js';
import {allChecks} from '../../workshop/all-checks.js';
import type {Overlay, Step} from '../../workshop/model.js';

/**
 * The verdict of an answer that the workshop ships, in a recording: what it got on an engine. `judged`: what reading gave,
 * which says more where it comes to the same finding.
 */
export const recordedVerdict = (step: Step, {overlay, finding}: Overlay, judged: Verdict): Verdict => {
	if (judged.finding === finding) return judged;
	if (finding === 'passed') {
		return {
			verdict: 'passed',
			finding,
			reason: 'This is the solution that the workshop ships, and it passes on an engine. Nothing ran here.',
			next: null,
			evidence: null,
		};
	}
	const name = overlay.split('/').at(-1);
	return {
		verdict: 'failed',
		finding,
		reason: `The workshop knows this answer as “${name}”, and on an engine it gets ${finding}. Nothing ran here.`,
		next: allChecks(step).find(check => check.finding === finding)?.hint ?? null,
		evidence: null,
	};
};
