import {explainEnvironment} from '../checks/explain-command.js';
import {failed} from '../checks/facts.js';
import type {RunFact, Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import type {Edit, Step} from '../workshop/model.js';
import {listPatches, patchesBefore} from '../workshop/patches.js';
import {brokenFolder, chosenBuilder, isChallenge, isCleanup, proofId, setupId} from '../workshop/steps.js';
import {requireImage} from './check-name-conflicts.js';
import {captureValues, compareImages, judgeStep, judgeUntilSettled} from './judge-step.js';
import {judgeBuilderSupport, unsupportedBuilderVerdict} from './plan/builder-support.js';
import {
	describePlaceholder,
	fillCommand,
	findUnfitValue,
	missingPlaceholders,
	planArgv,
	planRun,
	type RunPlan,
	replaceLocalhost,
	showPlaceholders,
} from './plan/run-plan.js';
import type {EngineIdentity, LabFolder} from './ports.js';
import {runCleanup} from './run-cleanup.js';
import {runCommand} from './run-command.js';
import {concludeRun, type RunContext, type StepResult} from './run-context.js';
import {createRunView, type RunView} from './state.js';

/** Runs a step's command, if any, and judges the step. Rejects with a `UserError` if it can't be run. */
export const runStep = async (
	step: Step,
	{builder}: {builder: Builder},
	runContext: RunContext,
): Promise<StepResult> => {
	const {captured} = runContext;
	runContext.demandConsent();
	if (isCleanup(step)) return runCleanup(step, runContext);
	runContext.lab.ensure();
	if (step.kind === 'builder') {
		const {cli} = await runContext.engine.identity();
		const chosen = judgeBuilderSupport(step.builder ?? chosenBuilder(step) ?? builder, cli);
		return concludeRun(createRunView(step, step.command ?? ''), {verdict: chosen}, runContext);
	}
	if (step.judge.length > 0) return proveChallenge(step, {builder}, runContext);
	if (step.command === null) return judgeRun(step, {view: createRunView(step, ''), run: null}, runContext);
	const missing = explainMissingValues(step.command, runContext);
	if (missing !== null) {
		const verdict = failed('not-yet', missing, messages.session.step.runThatFirst);
		return concludeRun(createRunView(step, showPlaceholders(step.command, captured)), {verdict}, runContext);
	}
	const {line, plan, identity} = await planLine(step.command, step.builder ?? builder, runContext);
	const verdict = unsupportedBuilderVerdict(step, plan.docker, identity.cli);
	if (verdict) return concludeRun(createRunView(step, line), {verdict}, runContext);
	await requireImage(plan, identity, runContext);
	patchFiles(step, runContext);
	return withTemporaryEdit(step.edit, runContext.lab, () =>
		runPlannedCommand(step, plan, line, identity, runContext),
	);
};

/** Which captured values a command lacks, in sentences; null if none. */
const explainMissingValues = (
	command: string,
	{captured, workshop}: Pick<RunContext, 'captured' | 'workshop'>,
): string | null => {
	const sources = missingPlaceholders(command, captured).map(name => describePlaceholder(name, workshop));
	return sources.length === 0 ? null : messages.session.step.valuesMissing(sources.join(' '));
};

/**
 * Fills in and plans a command of the workshop. Rejects with a `UserError` if a captured value is missing or can't be
 * used in it.
 */
const planLine = async (
	command: string,
	builder: Builder,
	runContext: RunContext,
): Promise<{line: string; plan: RunPlan; identity: EngineIdentity}> => {
	const {captureAgain, runThatFirst} = messages.session.step;
	const filled = fillCommand(command, runContext.captured);
	if (!filled) throw new UserError(explainMissingValues(command, runContext) ?? '', {next: runThatFirst});
	const unfit = findUnfitValue(command, runContext.captured);
	if (unfit !== null) throw new UserError(unfit, {next: captureAgain});
	const identity = await runContext.engine.identity();
	const argv = replaceLocalhostInArgv(filled.argv, identity.address);
	return {
		line: replaceLocalhost(filled.line, identity.address),
		plan: planArgv(argv, builder, identity.cli),
		identity,
	};
};

/**
 * Puts in place what a step begins with: the broken files of a repair, then what its `setup` makes. Asks before it moves
 * files that the learner has changed. Rejects with a `UserError` if a command fails, or the learner declines.
 */
export const beginStep = async (
	step: Step,
	{builder}: {builder: Builder},
	runContext: RunContext,
): Promise<void> => {
	runContext.demandConsent();
	runContext.lab.ensure();
	if (step.kind === 'repair') await breakFiles(step, runContext);
	const {stopped, failed: describeFailure, next} = messages.session.setup;
	// A recording holds what they made.
	for (const [index, command] of runContext.replay ? [] : step.setup.entries()) {
		const {line, plan, identity} = await planLine(command, step.builder ?? builder, runContext);
		await requireImage(plan, identity, runContext);
		const recordedAs = setupId(step, index);
		const work = {step, plan, commandLine: line, typed: null, identity, recordedAs};
		const {view, run} = await runCommand(work, runContext);
		if (run.exitCode === 0) continue;
		concludeRun(view, {verdict: null}, runContext);
		throw new UserError(runContext.signal.aborted ? stopped : describeFailure(line), {next});
	}
};

/**
 * Copies the broken files of a repair over those of the lab folder. Files that the learner has changed stay, or are kept
 * under another name: the learner is asked. Rejects with a `UserError` if the question stays open.
 */
export const breakFiles = async (step: Step, {lab, ask}: Pick<RunContext, 'lab' | 'ask'>): Promise<void> => {
	const folder = brokenFolder(step);
	const changed = lab.changedUnder(folder);
	const {title, lines, choices, open} = messages.session.setup.breaks(changed, step.title);
	const answer = changed.length === 0 ? 'yes' : await ask({title, lines, choices});
	if (answer === 'no') throw new UserError(open);
	lab.applyOverlay(folder, answer === 'keep' ? changed : []);
};

/**
 * Copies a shipped solution or attempt into the lab folder (`overlay`: its folder), runs its commands, and judges the
 * result.
 */
export const runSolution = async (
	step: Step,
	{overlay, commands}: {overlay: string; commands: string[][]},
	{builder}: {builder: Builder},
	runContext: RunContext,
): Promise<StepResult> => {
	runContext.demandConsent();
	runContext.lab.ensure();
	const identity = await runContext.engine.identity();
	const verdict = unsupportedBuilderVerdict(step, null, identity.cli);
	if (verdict) return concludeRun(createRunView(step, ''), {verdict}, runContext);
	runContext.lab.applyOverlay(overlay);
	let result: StepResult | null = null;
	for (const argv of commands.map(words => replaceLocalhostInArgv(words, identity.address))) {
		const plan = planArgv(argv, builder, identity.cli);
		result = await runPlannedCommand(step, plan, argv.join(' '), identity, runContext);
		if (runContext.signal.aborted) break;
	}
	if (step.judge.length > 0 && !runContext.signal.aborted) return proveChallenge(step, {builder}, runContext);
	return result ?? judgeRun(step, {view: createRunView(step, ''), run: null}, runContext);
};

const replaceLocalhostInArgv = (argv: string[], address: string): string[] =>
	argv[0] === 'docker' ? argv : argv.map(word => replaceLocalhost(word, address));

const runPlannedCommand = async (
	step: Step,
	plan: RunPlan,
	line: string,
	identity: EngineIdentity,
	runContext: RunContext,
): Promise<StepResult> => {
	const work = {step, plan, commandLine: line, typed: null, identity};
	const {view, run} = await runCommand(work, runContext);
	const comparison = await compareImages(step.compare, runContext.engine, step.id);
	return judgeRun(step, {view: {...view, comparison}, run}, runContext);
};

const judgeRun = async (
	step: Step,
	{view, run}: {view: RunView; run: RunFact | null},
	runContext: RunContext,
): Promise<StepResult> => {
	runContext.onView({...view, phase: 'judging'});
	const verdict =
		judgeOutcome(step, view) ?? blameEnvironment(await judgeState(step, run, runContext), run, runContext);
	const captured = run?.exitCode === 0 ? captureValues(step, run.stdout) : {};
	return concludeRun(view, {verdict, captured, run}, runContext);
};

/** Judges a step after its run. A challenge goes on being judged, so that only other steps have to wait. */
const judgeState = async (step: Step, run: RunFact | null, runContext: RunContext): Promise<Verdict> => {
	const verdict = await judgeStep(step, run, runContext);
	return isChallenge(step) ? verdict : judgeUntilSettled(step, {verdict, run}, runContext);
};

/**
 * The verdict of a run that proves nothing, even if earlier runs left the right state: it was cancelled, could not
 * start or lost output. Null for any other run. Challenges are judged by the current state.
 */
const judgeOutcome = (step: Step, {outcome}: RunView): Verdict | null => {
	if (isChallenge(step)) return null;
	const {cancelled, runAgain, seeDoctor, makeRoom} = messages.session.step;
	if (outcome?.ended === 'cancelled') return failed('cancelled', cancelled, runAgain);
	if (outcome?.ended === 'could-not-start') return failed('could-not-start', outcome.message, seeDoctor);
	return outcome?.ended === 'exited' && outcome.unkept !== undefined
		? failed('output-cut', outcome.unkept, makeRoom)
		: null;
};

/** Makes the verdict of a failed run `unknown` if a variable of the learner's environment caused the failure. */
const blameEnvironment = (
	verdict: Verdict,
	run: RunFact | null,
	{environment, replay}: RunContext,
): Verdict => {
	const obstacle =
		run && !replay && verdict.verdict === 'failed' ? explainEnvironment(run, environment) : null;
	return obstacle
		? {
				...verdict,
				verdict: 'unknown',
				finding: 'environment',
				reason: `${verdict.reason} ${obstacle.reason}`,
				next: obstacle.next,
			}
		: verdict;
};

/**
 * Judges a challenge by its checks, then runs its proofs up to the first that fails. Rejects with a `UserError` if a
 * proof can't be run.
 */
export const proveChallenge = async (
	step: Step,
	{builder}: {builder: Builder},
	runContext: RunContext,
): Promise<StepResult> => {
	const {engine, lab, signal} = runContext;
	const unsupported =
		step.builder === null ? null : unsupportedBuilderVerdict(step, null, (await engine.identity()).cli);
	let verdict = unsupported ?? (await judgeStep(step, null, runContext));
	let view: RunView = createRunView(step, '');
	let run: RunFact | null = null;
	for (const [index, {run: command, edit, checks}] of step.judge.entries()) {
		if (verdict.verdict !== 'passed') break;
		const recordedAs = proofId(step, index);
		const identity = await engine.identity();
		const commandLine = replaceLocalhost(command, identity.address);
		const plan = planRun(commandLine, step.builder ?? builder, identity.cli);
		({view, run} = await withTemporaryEdit(edit, lab, () =>
			runCommand({step, plan, commandLine, typed: null, identity, recordedAs}, runContext),
		));
		verdict = signal.aborted
			? failed('cancelled', messages.session.step.judgingCancelled, messages.session.step.judgeAgain)
			: blameEnvironment(
					await judgeStep({...step, id: recordedAs, checks}, run, runContext),
					run,
					runContext,
				);
	}
	// Explains why nothing ran, as the verdict on the screen does not change.
	const {checkFails, nothingRan} = messages.session.step;
	const explain = verdict.verdict === 'failed' ? checkFails : nothingRan;
	const notice = run || signal.aborted || verdict.verdict === 'passed' ? null : explain(verdict.reason);
	return concludeRun(view, {verdict, run, notice}, runContext);
};

/**
 * Makes the changes that the texts of steps show up to this one, and takes back those of later ones. Throws a
 * `UserError`, and changes nothing, if a file is not as they expect it.
 */
export const patchFiles = (step: Step, {lab, workshop}: Pick<RunContext, 'lab' | 'workshop'>): void => {
	if (listPatches(workshop).length === 0) return;
	const [unfit] = lab.applyPatches(step.patches, patchesBefore(step, workshop));
	if (unfit !== undefined) throw new UserError(messages.session.step.patchUnfit(unfit, step.id));
};

/** Changes a lab file. Returns a function that undoes that. */
const beginEdit = ({file, line, replace = '', with: by = ''}: Edit, lab: LabFolder): (() => void) =>
	line === undefined ? lab.replaceText(file, replace, by) : lab.addLine(file, line);

/** Runs an action while a lab file is changed. */
const withTemporaryEdit = async <Result>(
	edit: Edit | null,
	lab: LabFolder,
	action: () => Promise<Result>,
): Promise<Result> => {
	const undo = edit && beginEdit(edit, lab);
	try {
		return await action();
	} finally {
		undo?.();
	}
};
