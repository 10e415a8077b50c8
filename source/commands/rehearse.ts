import type {Builder} from '../build/model.js';
import type {Verdict} from '../checks/model.js';
import type {Conduct, Performed} from '../session/conduct.js';
import {judgeStep} from '../session/perform/judge-step.js';
import {livingIds} from '../session/perform/ledger-entries.js';
import {builderOf, performSolution, performStep} from '../session/perform/perform-step.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import type {OpenWorkshop} from './open-workshop.js';

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

/** Start state (must fail), shipped solution, and the judge again (must pass). */
const rehearseChallenge = async (
	step: Step,
	open: OpenWorkshop,
	builder: Builder,
	conduct: Conduct,
): Promise<Performed> => {
	await removeEarlierAnswers(step, conduct);
	const before = await judgeStep(step, {...conduct, run: null});
	const performed = await performSolution(step, open.solutionOf(step.id).commands, {builder}, conduct);
	const verdict = await judgePatiently(step, performed, conduct);
	if (before.verdict === 'passed') {
		const reason = 'The challenge passes before anything is done: a container from elsewhere answers it.';
		return {...performed, verdict: {...verdict, verdict: 'failed', finding: 'passes-at-start', reason}};
	}
	return {...performed, verdict};
};

/** Containers with which our own earlier rehearsals answered this challenge. */
const removeEarlierAnswers = async (step: Step, {engine, ledger, cleaner}: Conduct): Promise<void> => {
	const {id} = await engine.identity();
	const entries = ledger.entries(id);
	const living = new Set(livingIds(entries, 'container'));
	for (const entry of entries) {
		if (entry.kind === 'container' && entry.stepId === step.id && living.has(entry.id)) {
			await cleaner.removeContainer(entry.id);
		}
	}
};

/** Judges until there is nothing to wait for: the judge itself gives a server five seconds from its start. */
const judgePatiently = async (step: Step, performed: Performed, conduct: Conduct): Promise<Verdict> => {
	let {verdict} = performed;
	while (verdict.finding === 'waiting' && !conduct.signal.aborted) {
		await new Promise(resolve => setTimeout(resolve, 100));
		verdict = await judgeStep(step, {...conduct, run: performed.run});
	}
	return verdict;
};

const withoutRun = (finding: string, reason: string, next: string | null = null): Verdict => ({
	verdict: 'unknown',
	finding,
	reason,
	next,
	evidence: null,
});
