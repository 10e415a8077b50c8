import type {Evidence, Verdict} from './model.js';

export const passed = (reason: string, evidence: Evidence | null = null): Verdict => ({
	verdict: 'passed',
	finding: 'passed',
	reason,
	next: null,
	evidence,
});

export const failed = (
	finding: string,
	reason: string,
	next: string | null,
	evidence: Evidence | null = null,
): Verdict => ({verdict: 'failed', finding, reason, next, evidence});

/** For trouble of ours, never of the learner's. */
export const unknown = (
	finding: 'engine-gone' | 'waiting' | 'unreachable-host' | 'unclear',
	reason: string,
	next: string | null,
	evidence: Evidence | null = null,
): Verdict => ({verdict: 'unknown', finding, reason, next, evidence});

/** For a build that printed nothing about a stage. */
export const untoldStage = (name: string): Verdict =>
	unknown(
		'unclear',
		`The build printed nothing about the stage ${name}, so what became of it can’t be told.`,
		'Build it once more without `--quiet`.',
	);
