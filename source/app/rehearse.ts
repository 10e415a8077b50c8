import {cpSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {selectActiveIds} from '../ownership/rules.js';
import {judgeUntilSettled} from '../session/judge-step.js';
import type {RunContext, StepResult} from '../session/run-context.js';
import {beginStep, proveChallenge, runSolution, runStep} from '../session/run-step.js';
import type {Builder} from '../stages/model.js';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {patchesBefore} from '../workshop/patches.js';
import {chosenBuilder, isChallenge} from '../workshop/steps.js';
import type {OpenWorkshop} from './open-workshop.js';

/** The result of one step of a rehearsal. */
export type StepReport = {step: Step; performed: StepResult | null; verdict: Verdict};

/** Runs steps one after another without a screen, as a learner who follows the instructions would. */
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
		const report = await rehearseStep(step, reports, open, {builder}, {...runContext, captured});
		reports.push(report);
		await onReport(report);
		captured = {...captured, ...report.performed?.captured};
		if (report.verdict.verdict === 'passed') builder = chosenBuilder(step) ?? builder;
		if (runContext.signal.aborted) break;
	}
	return reports;
};

const rehearseStep = async (
	step: Step,
	earlier: StepReport[],
	open: OpenWorkshop,
	{builder}: {builder: Builder},
	runContext: RunContext,
): Promise<StepReport> => {
	const missing = step.needs.find(
		need => !earlier.some(report => report.step.id === need && report.verdict.verdict === 'passed'),
	);
	if (missing) {
		const verdict = verdictWithoutRun('needs', messages.app.rehearsal.unmetNeed(missing));
		return {step, performed: null, verdict};
	}
	if (step.kind === 'question') {
		const reason = messages.app.rehearsal.answeredRight;
		const verdict = {...verdictWithoutRun('answered', reason), verdict: 'passed'} as const;
		return {step, performed: null, verdict};
	}
	try {
		const performed = isChallenge(step)
			? await rehearseChallenge(step, open, builder, runContext)
			: await rehearseCommand(step, builder, runContext);
		return {step, performed, verdict: performed.verdict};
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		const verdict = verdictWithoutRun('environment', error.message, error.next);
		return {step, performed: null, verdict};
	}
};

const rehearseCommand = async (step: Step, builder: Builder, runContext: RunContext): Promise<StepResult> => {
	await beginStep(step, {builder}, runContext);
	return runStep(step, {builder}, runContext);
};

/**
 * Judges the start state (must fail), runs the shipped solution, and judges again (must pass). Uses a separate lab
 * folder: the learner's work is not a start state, and must not change.
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
		lab.applyPatches(patchesBefore(step, open.workshop), []);
		await beginStep(step, {builder}, apart);
		const {recorded} = await runContext.engine.identity();
		// A recording contains only the runs of the solution.
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

/** Removes the containers that our own earlier runs created as answers to a challenge. */
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
 * Runs an action on lab files in a temporary folder, which is removed afterwards. `from`: a folder with the files to
 * use; null for those that are shipped.
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
