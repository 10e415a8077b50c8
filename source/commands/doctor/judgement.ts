import type {DoctorFinding} from '../../session/state.js';

/** A finding without the word for what was looked at. */
export type Judgement = Omit<DoctorFinding, 'id'>;

export const passed = (reason: string): Judgement => ({verdict: 'passed', reason, next: null});

/** For what the learner should know and the program copes with. `next`: what to run or do, without a full stop. */
export const warning = (reason: string, next: string): Judgement => ({verdict: 'passed', reason, next});

/** `next`: what to run or do, without a full stop. */
export const failed = (reason: string, next: string | null): Judgement => ({verdict: 'failed', reason, next});

/** For what can't be told; never for what is wrong. */
export const unknown = (reason: string, next: string | null = null): Judgement => ({
	verdict: 'unknown',
	reason,
	next,
});
