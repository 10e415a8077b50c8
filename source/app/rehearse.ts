import {cpSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {selectActiveIds} from '../ownership/rules.js';
import {judgeUntilSettled} from '../session/judge-step.js';
import {builderChosenByStep} from '../session/plan/builder-support.js';
import type {RunContext, StepResult} from '../session/run-context.js';
import {proveChallenge, runSolution, runStep} from '../session/run-step.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import type {OpenWorkshop} from './open-workshop.js';

/** What became of one step of a rehearsal. */
export type StepReport = {step: Step; performed: StepResult | null; verdict: Verdict};

/** Runs steps one after the other without a screen, as a learner who follows the instructions would. */
export const rehearse = async (
	steps: Step[],
	open: OpenWorkshop,
	runContext: RunContext,
	{builder: first, onReport}: {builder: Builder; onReport(report: StepReport): Promise<void>},
): Promise<StepReport[]> => {
	const reports: StepReport[] = [];
	let builder = first;
	let captured: Record<string, string> = {};
	for (const step of steps) {
		const report = await rehearseStep(step, reports, open, {builder, captured}, runContext);
		reports.push(report);
		await onReport(report);
		captured = {...captured, ...report.performed?.captured};
		if (report.verdict.verdict === 'passed') builder = builderChosenByStep(step) ?? builder;
		if (runContext.signal.aborted) break;
	}
	return reports;
};

const rehearseStep = async (
	step: Step,
	earlier: StepReport[],
	open: OpenWorkshop,
	state: {builder: Builder; captured: Record<string, string>},
	runContext: RunContext,
): Promise<StepReport> => {
	const missing = step.needs.find(
		need => !earlier.some(report => report.step.id === need && report.verdict.verdict === 'passed'),
	);
	if (missing) {
		const verdict = verdictWithoutRun('needs', messages.app.rehearsal.unmetNeed(missing));
		return {step, performed: null, verdict};
	}
	try {
		const performed =
			step.kind === 'challenge'
				? await rehearseChallenge(step, open, state.builder, runContext)
				: await runStep(step, state, runContext);
		return {step, performed, verdict: performed.verdict};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const verdict = verdictWithoutRun('environment', error.message, error.next);
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
	runContext: RunContext,
): Promise<StepResult> => {
	await removeAnswers(step, runContext);
	return inFreshLab(open, async lab => {
		const apart: RunContext = {...runContext, lab};
		const {recorded} = await runContext.engine.identity();
		// A recording has the runs of the solution alone.
		const isKnown = recorded === null || step.judge.length === 0;
		const before = isKnown ? await proveChallenge(step, {builder}, apart) : null;
		const performed = await runSolution(step, open.solutionOf(step.id), {builder}, apart);
		const verdict = await judgeUntilSettled(step, performed, apart);
		if (before?.verdict.verdict === 'passed') {
			const reason = messages.app.rehearsal.passesAtStart;
			return {...performed, verdict: {...verdict, verdict: 'failed', finding: 'passes-at-start', reason}};
		}
		return {...performed, verdict};
	});
};

const verdictWithoutRun = (finding: string, reason: string, next: string | null = null): Verdict => ({
	verdict: 'unknown',
	finding,
	reason,
	next,
	evidence: null,
});

/** Removes the containers with which our own earlier runs answered a challenge. */
const removeAnswers = async (step: Step, {engine, ledger, cleaner}: RunContext): Promise<void> => {
	const {id} = await engine.identity();
	const entries = ledger.entries(id);
	const living = new Set(selectActiveIds(entries, 'container'));
	for (const entry of entries) {
		if (entry.kind === 'container' && entry.stepId === step.id && living.has(entry.id)) {
			await cleaner.removeContainer(entry.id);
		}
	}
};

/**
 * Does something with the lab files as they are shipped, or as they are in the folder `from`, in a temporary folder that
 * is removed afterwards.
 */
export const inFreshLab = async <Result>(
	{labIn, workshop}: OpenWorkshop,
	action: (lab: LabFolderOnDisk) => Promise<Result>,
	from: string | null = null,
): Promise<Result> => {
	const folder = mkdtempSync(path.join(tmpdir(), `${workshop.id}-`));
	try {
		if (from !== null && existsSync(from)) cpSync(from, folder, {recursive: true, verbatimSymlinks: true});
		const lab = labIn(folder);
		lab.ensure();
		return await action(lab);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};
