import * as v from 'valibot';
import type {Step, Workshop} from '../workshop/model.js';
import {fingerprintStep} from '../workshop/steps.js';

export const progressSchema = v.object({
	format: v.literal(1),
	workshop: v.string(),
	/** The step at which to resume. */
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
	/** The number of revealed hints, by step. */
	hints: v.record(v.string(), v.number()),
	/** The findings whose own hint is revealed, by step. Files of earlier versions have none. */
	hintsFor: v.optional(
		v.fallback(v.record(v.string(), v.array(v.object({finding: v.string(), behind: v.number()}))), {}),
	),
	captured: v.record(v.string(), v.string()),
	/** What the learner expects of the runs, by step. Files of earlier versions have none. */
	predictions: v.optional(v.fallback(v.record(v.string(), v.array(v.string())), {})),
	/** The answers to questions, by step. Files of earlier versions have none. */
	answers: v.optional(
		v.fallback(
			v.record(
				v.string(),
				v.object({
					/** The labels of the ticked answers, or the text that was typed. */
					given: v.array(v.string()),
					/** Whether the first answer was right. */
					first: v.picklist(['right', 'wrong']),
				}),
			),
			{},
		),
	),
	/** What went into each step that was shown. Files of earlier versions have none. */
	efforts: v.optional(
		v.fallback(
			v.record(
				v.string(),
				v.object({
					/** How long it was shown. */
					seconds: v.number(),
					/** How often it was judged after something ran. */
					attempts: v.number(),
					/** Whether the first prediction that a run answered was right; null without one. */
					prediction: v.nullable(v.picklist(['right', 'wrong'])),
				}),
			),
			{},
		),
	),
	/** The challenges that have begun. Files of earlier versions have none. */
	begun: v.optional(v.fallback(v.record(v.string(), v.literal(true)), {})),
	builder: v.nullable(v.picklist(['legacy', 'buildkit'])),
	labFolder: v.string(),
	engineId: v.nullable(v.string()),
});

/** The progress kept between sessions. */
export type Progress = v.InferOutput<typeof progressSchema>;

export type PassedStep = Progress['passed'][string];

/** The last answer to a question, and how the first one was. */
export type GivenAnswer = NonNullable<Progress['answers']>[string];

/** What went into a step so far. */
export type Effort = NonNullable<Progress['efforts']>[string];

/** The part of the progress that becomes stale when a step changes. */
type PassRecord = {passed: Record<string, PassedStep>; captured: Record<string, string>};

/**
 * Drops the passes of steps that no longer exist or whose command or checks have changed, and the values that the
 * changed steps captured.
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
