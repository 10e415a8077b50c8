import type {Step, Workshop} from '../workshop/model.js';
import {fingerprintStep} from '../workshop/steps.js';

/** How a step was passed: when (ISO), by which finding, and what of it (`fingerprintStep`); versions before 0.2.0 kept no `of`. */
export type PassedStep = {at: string; finding: string; of?: string | undefined};

/** The progress that belongs to steps. */
type PassRecord = {passed: Record<string, PassedStep>; captured: Record<string, string>};

/**
 * Drops progress that does not hold for the workshop as it is now: of steps that no longer exist, and of those whose
 * command or checks have changed, with what they captured.
 */
export const dropStalePasses = ({chapters}: Workshop, {passed, captured}: PassRecord): PassRecord => {
	const steps = chapters.flatMap(chapter => chapter.steps);
	const isChanged = (step: Step) => {
		const of = passed[step.id]?.of;
		return of !== undefined && of !== fingerprintStep(step);
	};
	const changed = steps.filter(isChanged);
	const stale = new Set(changed.flatMap(({capture}) => Object.keys(capture)));
	const kept = steps.flatMap(step => {
		const entry = passed[step.id];
		return entry && !changed.includes(step)
			? [[step.id, {...entry, of: fingerprintStep(step)}] as const]
			: [];
	});
	return {
		passed: Object.fromEntries(kept),
		captured: Object.fromEntries(Object.entries(captured).filter(([name]) => !stale.has(name))),
	};
};
