import type {Builder} from '../../build/model.js';
import {explainEnvironment} from '../../checks/explain-environment.js';
import type {RunFact, Verdict} from '../../checks/model.js';
import {UserError} from '../../text/user-error.js';
import {isCleanup} from '../../workshop/is-cleanup.js';
import type {Step, Workshop} from '../../workshop/model.js';
import type {Conduct, Performed} from '../conduct.js';
import {emptyView} from '../empty-view.js';
import type {EngineIdentity} from '../ports.js';
import {compareImages} from '../select/compare-images.js';
import type {RunView} from '../state.js';
import {captureValues} from './capture-values.js';
import {checkBuilder} from './check-builder.js';
import {judgeStep} from './judge-step.js';
import {needImage} from './need-image.js';
import {passOver} from './pass-over.js';
import {performCleanup} from './perform-cleanup.js';
import {performCommand} from './perform-command.js';
import {
	describePlaceholder,
	fillCommand,
	findUnfitValue,
	missingPlaceholders,
	planArgv,
	type RunPlan,
	showPlaceholders,
	withAddress,
} from './plan-run.js';
import {proveChallenge} from './prove-challenge.js';
import {withEdit} from './with-edit.js';

/** Runs a step's command, if it has one, and judges the step. Rejects with a `UserError` when that can't be done. */
export const performStep = async (
	step: Step,
	{builder, captured}: {builder: Builder; captured: Record<string, string>},
	conduct: Conduct,
): Promise<Performed> => {
	conduct.demandConsent();
	if (isCleanup(step)) return performCleanup(step, conduct);
	conduct.lab.ensure();
	if (step.kind === 'builder') return performBuilder(step, builder, conduct);
	if (step.judge.length > 0) return proveChallenge(step, {builder}, conduct);
	if (step.command === null) return judged(step, emptyView(step, ''), null, conduct);
	const filled = fillCommand(step.command, captured);
	if (filled === null) return missingPlaceholder(step, step.command, captured, conduct.workshop);
	const unfit = findUnfitValue(step.command, captured);
	if (unfit !== null) throw new UserError(unfit, {next: 'run the step again that captured it'});
	const identity = await conduct.engine.identity();
	const line = withAddress(filled.line, identity.address);
	const plan = planArgv(namingAddress(filled.argv, identity.address), step.builder ?? builder, identity.cli);
	const passedOver = passOver(step, plan.docker, identity.cli);
	if (passedOver) return notRun(step, line, passedOver, conduct);
	await needImage(plan, identity, conduct);
	return withEdit(step.edit, conduct.lab, () => performPlan(step, plan, line, identity, conduct));
};

/**
 * Puts the files of a shipped solution or attempt (`overlay`: its folder) into the lab folder and runs its commands; the
 * judge decides whether that passes.
 */
export const performSolution = async (
	step: Step,
	{overlay, commands}: {overlay: string; commands: string[][]},
	{builder}: {builder: Builder},
	conduct: Conduct,
): Promise<Performed> => {
	conduct.demandConsent();
	conduct.lab.ensure();
	const identity = await conduct.engine.identity();
	const passedOver = passOver(step, null, identity.cli);
	if (passedOver) return notRun(step, '', passedOver, conduct);
	conduct.lab.putOver(overlay);
	let performed: Performed | null = null;
	for (const argv of commands.map(words => namingAddress(words, identity.address))) {
		performed = await performPlan(
			step,
			planArgv(argv, builder, identity.cli),
			argv.join(' '),
			identity,
			conduct,
		);
		if (conduct.signal.aborted) break;
	}
	if (step.judge.length > 0 && !conduct.signal.aborted) return proveChallenge(step, {builder}, conduct);
	return performed ?? judged(step, emptyView(step, ''), null, conduct);
};

const namingAddress = (argv: string[], address: string): string[] =>
	argv[0] === 'docker' ? argv : argv.map(word => withAddress(word, address));

const performPlan = async (
	step: Step,
	plan: RunPlan,
	line: string,
	identity: EngineIdentity,
	conduct: Conduct,
): Promise<Performed> => {
	const work = {step, plan, commandLine: line, typed: null, identity};
	const {view, run} = await performCommand(work, conduct);
	const captured = run.exitCode === 0 ? captureValues(step, run.stdout) : {};
	const compared = {...view, comparison: await compareImages(step.compare, conduct.engine, step.id)};
	return {...(await judged(step, compared, run, conduct)), captured};
};

const judged = async (
	step: Step,
	view: RunView,
	run: RunFact | null,
	conduct: Conduct,
): Promise<Performed> => {
	const judging: RunView = {...view, phase: 'judging'};
	conduct.onView(judging);
	const verdict =
		cutOff(step, view) ??
		blameEnvironment(await judgeStep(step, {engine: conduct.engine, lab: conduct.lab, run}), run, conduct);
	const over: RunView = {...judging, phase: 'over', verdict};
	conduct.onView(over);
	return {view: over, verdict, captured: {}, run};
};

/**
 * A command that was cancelled, never began or could not print proves nothing, whatever is there from before; a challenge is judged by
 * what is there.
 */
const cutOff = ({kind}: Step, {outcome}: RunView): Verdict | null => {
	if (kind === 'challenge') return null;
	const failed = (finding: string, reason: string, next: string): Verdict => ({
		verdict: 'failed',
		finding,
		reason,
		next,
		evidence: null,
	});
	switch (outcome?.ended) {
		case 'cancelled':
			return failed('cancelled', 'The command was cancelled before it ended.', 'run this step again');
		case 'could-not-start':
			return failed('could-not-start', outcome.message, 'see what `multistage-workshop doctor` says');
		case 'exited':
			if (outcome.unkept === undefined) return null;
			return failed('output-cut', outcome.unkept, 'make room on the disk, then run this step again');
		default:
			return null;
	}
};

/** What a variable of the learner's environment brought about is no fault of the command. */
const blameEnvironment = (verdict: Verdict, run: RunFact | null, {environment, replay}: Conduct): Verdict => {
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

/** A verdict without a command that was run. */
const notRun = (step: Step, line: string, verdict: Verdict, {onView}: Conduct): Performed => {
	const view: RunView = {...emptyView(step, line), phase: 'over', verdict};
	onView(view);
	return {view, verdict, captured: {}, run: null};
};

const performBuilder = async (step: Step, builder: Builder, conduct: Conduct): Promise<Performed> => {
	const {cli} = await conduct.engine.identity();
	const verdict = checkBuilder(step.builder ?? builderOf(step) ?? builder, cli);
	return notRun(step, step.command ?? '', verdict, conduct);
};

/** The builder that a builder step's command chooses; null when it is another command. */
export const builderOf = (step: Step): Builder | null => {
	if (step.kind !== 'builder') return null;
	if (step.command === 'export DOCKER_BUILDKIT=0') return 'legacy';
	return step.command === 'export DOCKER_BUILDKIT=1' ? 'buildkit' : null;
};

const missingPlaceholder = (
	step: Step,
	command: string,
	captured: Record<string, string>,
	workshop: Workshop,
): Performed => {
	const names = missingPlaceholders(command, captured);
	const verdict: Verdict = {
		verdict: 'failed',
		finding: 'not-yet',
		reason: `The command can’t run yet. ${names.map(name => describePlaceholder(name, workshop)).join(' ')}`,
		next: 'run that step first',
		evidence: null,
	};
	return {
		view: {...emptyView(step, showPlaceholders(command, captured)), phase: 'over', verdict},
		verdict,
		captured: {},
		run: null,
	};
};
