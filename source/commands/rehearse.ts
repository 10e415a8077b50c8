import type {Builder} from '../build/model.js';
import type {Verdict} from '../checks/model.js';
import type {Conduct, Performed} from '../session/conduct.js';
import {judgePatiently} from '../session/perform/judge-patiently.js';
import {builderOf, performSolution, performStep} from '../session/perform/perform-step.js';
import {proveChallenge} from '../session/perform/prove-challenge.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {inFreshLab} from './in-fresh-lab.js';
import type {OpenWorkshop} from './open-workshop.js';
import {removeAnswers} from './remove-answers.js';

/** What became of one step of a rehearsal. */
export type StepReport = {step: Step; performed: Performed | null; verdict: Verdict};

/** Runs steps one after the other without a screen, as a learner would who does what is shown. */
export const rehearse = async (
	steps: Step[],
	open: OpenWorkshop,
	conduct: Conduct,
	{builder: first, onReport}: {builder: Builder; onReport(report: StepReport): Promise<void>},
): Promise<StepReport[]> => {
	const reports: StepReport[] = [];
	let builder = first;
	let captured: Record<string, string> = {};
	for (const step of steps) {
		const report = await rehearseStep(step, reports, open, {builder, captured}, conduct);
		reports.push(report);
		await onReport(report);
		captured = {...captured, ...report.performed?.captured};
		if (report.verdict.verdict === 'passed') builder = builderOf(step) ?? builder;
		if (conduct.signal.aborted) break;
	}
	return reports;
};

const rehearseStep = async (
	step: Step,
	earlier: StepReport[],
	open: OpenWorkshop,
	state: {builder: Builder; captured: Record<string, string>},
	conduct: Conduct,
): Promise<StepReport> => {
	const missing = step.needs.find(
		need => !earlier.some(report => report.step.id === need && report.verdict.verdict === 'passed'),
	);
	if (missing)
		return {step, performed: null, verdict: withoutRun('needs', `It needs ${missing}, which did not pass.`)};
	try {
		const performed =
			step.kind === 'challenge'
				? await rehearseChallenge(step, open, state.builder, conduct)
				: await performStep(step, state, conduct);
		return {step, performed, verdict: performed.verdict};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const verdict = withoutRun('environment', error.message, error.next);
		return {step, performed: null, verdict};
	}
};

/**
 * Start state (must fail), shipped solution, and the judge again (must pass). In a lab folder of its own: the learner's
 * work is no start state, and stays as it is.
 */
const rehearseChallenge = async (
	step: Step,
	open: OpenWorkshop,
	builder: Builder,
	conduct: Conduct,
): Promise<Performed> => {
	await removeAnswers(step, conduct);
	return inFreshLab(open, async lab => {
		const apart: Conduct = {...conduct, lab};
		const {recorded} = await conduct.engine.identity();
		// A recording has the runs of the solution alone.
		const isKnown = recorded === null || step.judge.length === 0;
		const before = isKnown ? await proveChallenge(step, {builder}, apart) : null;
		const performed = await performSolution(step, open.solutionOf(step.id), {builder}, apart);
		const verdict = await judgePatiently(step, performed, apart);
		if (before?.verdict.verdict === 'passed') {
			const reason = 'The challenge passes before anything is done: something from elsewhere answers it.';
			return {...performed, verdict: {...verdict, verdict: 'failed', finding: 'passes-at-start', reason}};
		}
		return {...performed, verdict};
	});
};

const withoutRun = (finding: string, reason: string, next: string | null = null): Verdict => ({
	verdict: 'unknown',
	finding,
	reason,
	next,
	evidence: null,
});
