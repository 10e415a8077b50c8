import process from 'node:process';
import {explainEnvironment, explainFailedCommand} from '../checks/explain-command.js';
import type {RunFact, Verdict} from '../checks/model.js';
import {isAbout} from '../checks/registry.js';
import {parseDockerCommand} from '../docker/command.js';
import {normalizeImageName} from '../docker/image-ref.js';
import {messages} from '../messages/index.js';
import {nameBuilder} from '../stages/model.js';
import type {Step} from '../workshop/model.js';
import {runsCommand} from '../workshop/steps.js';
import {captureValues, compareImages, judgeStep, judgeUntilSettled} from './judge-step.js';
import {type LinePlan, planTypedLine, readRedirected, warnAboutOtherEngine} from './plan/line-plan.js';
import {planStepBuild} from './plan/run-plan.js';
import {parseShellLine, programName, type SimpleCommand, shellArgv} from './plan/shell-line.js';
import type {Replay} from './ports.js';
import {runCommand} from './run-command.js';
import {concludeRun, type LineResult, type RunContext} from './run-context.js';
import {patchFiles} from './run-step.js';
import {selectUnmetNeeds} from './select.js';
import {createRunView, type RunView, type SessionState} from './state.js';

/**
 * Runs a typed line in the learner's shell, or simulates it in a recording, and judges the shown step if the line does
 * what it asks for. Rejects with a `UserError` if the learner keeps a name that the line would take.
 */
export const runTypedLine = async (
	step: Step,
	line: string,
	state: SessionState,
	runContext: RunContext,
): Promise<LineResult> => {
	const {lab, engine, environment, replay} = runContext;
	if (replay) return simulateTypedLine(step, line, state, replay, runContext);
	lab.ensure();
	const identity = await engine.identity();
	const folder = state.shell.folder ?? lab.path;
	const builder = state.shell.builder ?? step.builder ?? state.builder;
	const {dialect} = state;
	const plan = planTypedLine(line, {
		dialect,
		builder,
		cli: identity.cli,
		folder,
		labFolder: lab.path,
		environment,
	});
	const {argv, exact} = shellArgv(line, dialect, {platform: process.platform, environment});
	const before = await judgeState(step, runContext);
	if (findSameKind(step, plan)) patchFiles(step, runContext);
	const {view, run} = await runCommand(
		{
			step,
			plan: {argv, docker: null, build: plan.build, container: null, makes: plan.makes},
			commandLine: line,
			typed: {
				folder,
				builder,
				exact,
				needsTerminal: plan.needsTerminal,
				redirected: readRedirected(plan, lab),
			},
			identity,
		},
		runContext,
	);
	runContext.onView({...view, phase: 'judging'});
	const judged =
		view.outcome?.ended === 'exited'
			? await judgeTypedLine(step, {state, plan, run, before}, runContext)
			: null;
	const [verdict, notice] = typeof judged === 'string' ? [null, judged] : [judged, null];
	const isPassed = verdict?.verdict === 'passed';
	const isDockerRun = plan.read.commands.some(({words}) => parseDockerCommand(words)?.verb === 'run');
	// The panes of a build show why it failed.
	const obstacle = explainEnvironment(run, environment);
	const cause = obstacle
		? messages.text.withNext(obstacle.reason, obstacle.next)
		: plan.build
			? null
			: explainFailedCommand(run, {isDockerRun, address: identity.address, environment});
	return concludeRun(
		{...view, comparison: isPassed ? await compareImages(step.compare, engine, step.id) : null},
		{
			verdict,
			captured: isPassed ? captureValues(step, run.stdout) : {},
			run,
			notice: warnAboutOtherEngine(plan.read) ?? notice ?? cause,
		},
		runContext,
	);
};

/** Shows what a typed line would do on an engine. */
const simulateTypedLine = async (
	step: Step,
	line: string,
	{dialect, shell}: Pick<SessionState, 'dialect' | 'shell'>,
	replay: Replay,
	{lab, engine, lineLogs, onView}: RunContext,
): Promise<LineResult> => {
	lab.ensure();
	const start = createRunView(step, line, {isTyped: true});
	const options = {stepId: step.id, dialect, folder: shell.folder ?? lab.path};
	const {lines, ...printed} = replay.read(line, options);
	const log = lineLogs.open(start.runId);
	for (const text of lines) log.append(null, text);
	log.end();
	const output = {lines, lineCount: lines.length};
	const view: RunView = {...start, outcome: {ended: 'read', seconds: 0}, output};
	const run: RunFact = {fact: 'run', stepId: step.id, ...printed, builder: null, stages: []};
	if (step.kind !== 'blank') return concludeRun(view, {verdict: null, run}, {onView});
	if (!isAboutState(step)) {
		const notice = messages.session.commandLine.onlyRecorded;
		return concludeRun(view, {verdict: null, run, notice}, {onView});
	}
	return concludeRun(view, {verdict: await judgeStep(step, run, {engine, lab}), run}, {onView});
};

/**
 * The effect of a typed line on the shown step: a verdict, or a notice that explains why there is none; null if
 * neither.
 */
type LineJudgement = Verdict | string | null;

type EndedLine = {
	/** The state before the line ran. */
	state: SessionState;
	plan: LinePlan;
	run: RunFact;
	/** The verdict of `judgeState` before the line ran. */
	before: Verdict | null;
};

/**
 * Judges the shown step by a line that has ended. A command of the same kind as the step's is judged like the step's
 * own. Any other command passes the step if it creates the state that the step checks; otherwise it is not a failure,
 * as the learner was only exploring.
 */
const judgeTypedLine = async (
	step: Step,
	line: EndedLine,
	runContext: RunContext,
): Promise<LineJudgement> => {
	if (!runsCommand(step) || step.command === null) return null;
	const found = findSameKind(step, line.plan);
	if (!found) return judgeOtherCommand(step, line, runContext);
	const {wanted, same} = found;
	const {usedTerminal, needFirst} = messages.session.commandLine;
	const readsOutput = step.checks.some(check => isAbout(check, 'run') && check.check !== 'exit');
	if (line.plan.needsTerminal && readsOutput) return usedTerminal;
	const [need] = selectUnmetNeeds(line.state, step);
	if (need) return needFirst(need.title);
	// What fills a blank is for the learner to find out, so only the checks judge it.
	if (step.kind === 'blank') return judgeStep(step, line.run, runContext);
	const other = await explainOtherTarget(step, {wanted, same}, line, runContext);
	if (other) return other;
	const first = await judgeStep(step, line.run, runContext);
	const verdict = await judgeUntilSettled(step, {verdict: first, run: line.run}, runContext);
	return verdict.verdict === 'failed' ? (explainHarmlessBuild(step, line) ?? verdict) : verdict;
};

/** The step's command, and the one of the same kind in a typed line; null if there is none. */
const findSameKind = (
	{command}: Step,
	{read}: LinePlan,
): {wanted: SimpleCommand; same: SimpleCommand} | null => {
	const wanted = parseShellLine(command ?? '', 'sh').commands[0];
	const same = wanted && read.commands.find(one => commandKind(one) === commandKind(wanted));
	return wanted && same ? {wanted, same} : null;
};

/** Passes a step that only checks a state, if a command of another kind has created that state. */
const judgeOtherCommand = async (
	step: Step,
	{state, before}: EndedLine,
	runContext: RunContext,
): Promise<Verdict | null> => {
	if (before?.verdict !== 'failed' || selectUnmetNeeds(state, step).length > 0) return null;
	const verdict = await judgeState(step, runContext);
	return verdict?.verdict === 'passed' ? verdict : null;
};

/**
 * Judges the state that a step checks, whichever command created it and however that exited. Null if the step checks
 * more than a state.
 */
const judgeState = async (step: Step, runContext: RunContext): Promise<Verdict | null> => {
	const checks = step.checks.filter(({check}) => check !== 'exit');
	return isAboutState(step) ? judgeStep({...step, checks}, null, runContext) : null;
};

const isAboutState = (step: Step): boolean =>
	runsCommand(step) &&
	step.command !== null &&
	step.checks.some(check => isAbout(check, 'engine')) &&
	step.checks.every(check => check.check === 'exit' || isAbout(check, 'engine'));

const httpClients = new Set([
	...['curl', 'wget', 'http', 'xh', 'invoke-webrequest', 'iwr', 'invoke-restmethod', 'irm'],
]);

/** Commands of the same kind can replace each other: all HTTP clients are one kind. */
const commandKind = (command: SimpleCommand): string => {
	const docker = parseDockerCommand(command.words);
	if (docker) return `docker ${docker.verb}`;
	const program = programName(command.words);
	return httpClients.has(program.toLowerCase()) ? 'http' : program;
};

/**
 * Explains that a command of the right kind used another image or builder than the step asks for; null if it did not.
 */
const explainOtherTarget = async (
	step: Step,
	{wanted, same}: {wanted: SimpleCommand; same: SimpleCommand},
	{state, run}: EndedLine,
	{engine}: RunContext,
): Promise<string | null> => {
	const docker = parseDockerCommand(wanted.words);
	if (docker?.verb === 'build') {
		return step.builder !== null && run.builder !== null && run.builder !== step.builder
			? messages.session.commandLine.otherBuilder(nameBuilder(step.builder), nameBuilder(run.builder))
			: null;
	}
	if (docker?.verb !== 'run') return null;
	const [image] = docker.operands;
	const used = parseDockerCommand(same.words)?.operands[0];
	if (image === undefined || used === undefined || normalizeImageName(used) === normalizeImageName(image))
		return null;
	const {ids, names} = await engine.images();
	const usedId =
		names[normalizeImageName(used)] ?? ids.find(id => id.startsWith(`sha256:${used}`) || id === used);
	const rightIds = [
		names[normalizeImageName(image)],
		// The learner may have renamed the image.
		...step.needs.map(need => state.runs[need]?.build?.imageId),
	];
	const isRight = rightIds.some(
		id => id && usedId && (usedId === id || usedId.replace('sha256:', '').startsWith(id)),
	);
	return isRight ? null : messages.session.commandLine.otherImage(image, used);
};

/**
 * The notice for a build that does not pass the step but is no mistake, e.g. because it built another Dockerfile; null
 * for any other command.
 */
const explainHarmlessBuild = (step: Step, {plan: {build}, run}: EndedLine): string | null => {
	const ownBuild = planStepBuild(step.command);
	if (!build || !ownBuild) return null;
	const hasShownStages = run.stages.some(({status}) => status === 'done' || status === 'cached');
	const hasFailed = run.stages.some(({status}) => status === 'failed');
	// Nothing was built; the cause is shown.
	if (run.exitCode !== 0 && !hasShownStages && !hasFailed) return null;
	const {otherBuild, unknownBuild, buildNotSeen} = messages.session.commandLine;
	const wanted = ownBuild.dockerfile ?? '';
	if (build.dockerfile !== ownBuild.dockerfile)
		return build.dockerfile ? otherBuild(wanted, build.dockerfile) : unknownBuild(wanted);
	return run.exitCode === 0 && !hasShownStages ? buildNotSeen : null;
};
