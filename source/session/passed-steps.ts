import * as v from 'valibot';
import type {Step, Workshop} from '../workshop/model.js';
import {fingerprintStep} from '../workshop/steps.js';

export const progressSchema = v.object({
	format: v.literal(1),
	workshop: v.string(),
	/** The step to go on at. */
	stepId: v.nullable(v.string()),
	passed: v.record(
		v.string(),
		v.object({
			/** ISO 8601. */
			at: v.string(),
			finding: v.string(),
			/** The step's `fingerprintStep`. Files of versions before 0.2.0 have none. */
			of: v.optional(v.fallback(v.string(), '')),
		}),
	),
	/** Hints revealed, by step. */
	hints: v.record(v.string(), v.number()),
	/** Findings whose own hint was revealed, by step. Files of earlier versions have none. */
	hintsFor: v.optional(
		v.fallback(v.record(v.string(), v.array(v.object({finding: v.string(), behind: v.number()}))), {}),
	),
	captured: v.record(v.string(), v.string()),
	/** The stages expected to run, by step. Files of earlier versions have none. */
	predictions: v.optional(v.fallback(v.record(v.string(), v.array(v.string())), {})),
	builder: v.nullable(v.picklist(['legacy', 'buildkit'])),
	labFolder: v.string(),
	engineId: v.nullable(v.string()),
});

/** What is kept between sessions. */
export type Progress = v.InferOutput<typeof progressSchema>;

export type PassedStep = Progress['passed'][string];

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
