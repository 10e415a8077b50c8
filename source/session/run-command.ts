import type {RunFact} from '../checks/model.js';
import {
	createPlannedOutputReader,
	type PendingRun,
	planCreation,
	repeatSnapshot,
	settleRun,
	snapshotScope,
} from '../ownership/created-objects.js';
import type {CreationPlan, ObjectSnapshot} from '../ownership/ledger.js';
import {environmentFor} from '../stages/builders.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {isChallenge} from '../workshop/steps.js';
import {checkNameConflicts} from './check-name-conflicts.js';
import {type EndedRun, followRun} from './follow-run.js';
import {type BuildPlan, withTargets} from './plan/build-plan.js';
import {readDockerfilePlan} from './plan/dockerfile-plan.js';
import type {RedirectedOutput} from './plan/line-plan.js';
import {argvToStart, type RunPlan} from './plan/run-plan.js';
import type {EngineIdentity, RunRequest} from './ports.js';
import type {RunContext} from './run-context.js';
import {createRunView, type RunView} from './state.js';

/** A command, and how to run it. */
type CommandToRun = {
	step: Step;
	plan: RunPlan;
	/** As shown to the learner. */
	commandLine: string;
	/** For a typed line: where it runs, and the builder of its builds. Null for a workshop's command. */
	typed: {
		folder: string;
		builder: Builder;
		exact: boolean;
		needsTerminal: boolean;
		/** Reads the output that it redirected to files, after the run. */
		redirected: () => RedirectedOutput;
	} | null;
	identity: EngineIdentity;
	/** The name of its recording, if not the step's id. */
	recordedAs?: string;
};

/**
 * Runs a command of a step and records in the ledger what it created. The returned view is not judged yet. Rejects with
 * a `UserError` if the learner keeps a name that the command would take.
 */
export const runCommand = async (
	work: CommandToRun,
	runContext: RunContext,
): Promise<{view: RunView; run: RunFact}> => {
	const {step, commandLine, typed, identity} = work;
	runContext.demandConsent();
	const build = await findTargets(work, runContext);
	const plan = {...work.plan, build};
	const making = planCreation(plan.makes, {
		folder: typed?.folder ?? runContext.lab.path,
		isTyped: typed !== null,
		isBuildFollowed: build !== null,
		baseImages: runContext.workshop.images,
	});
	const before = await checkNameConflicts({...plan, making}, identity, runContext);
	const start: RunView = {
		...createRunView(step, commandLine, {isTyped: typed !== null, name: work.recordedAs}),
		builder: build?.builder ?? null,
		hadTerminal: typed?.needsTerminal ?? false,
		source: build,
	};
	const {runId} = start;
	// Before anything says that it runs: a file that can't be made is told, and nothing has begun.
	const request = createRunRequest({...work, plan}, runId, runContext);
	const pending = createPendingRun({...work, plan}, {making, before, runId});
	if (pending) runContext.ledger.append(pending);
	const built = createPlannedOutputReader(making, identity.cli);
	runContext.onView(start);
	// A typed line may redirect its progress to stdout, and Compose prints it there.
	const isMixed = build?.format === 'plain' && (typed !== null || build.definition?.tool === 'compose');
	const follow = () =>
		followRun(request, {
			runner: runContext.runner,
			graph:
				build &&
				readDockerfilePlan(build, runContext.lab, {
					environment: runContext.environment,
					enginePlatform: identity.platform,
				}).graph,
			lines: runContext.lineLogs.open(runId),
			redirected: typed?.redirected ?? (() => []),
			isMixed,
			onOutput: (stream, bytes) => built?.push(isMixed ? 'stderr' : stream, bytes),
			onSnapshot: snapshot => runContext.onView({...start, ...snapshot}),
			signal: runContext.signal,
		});
	const ended = start.hadTerminal
		? await runContext.handover.handOver(
				{heading: `$ ${commandLine}`, waits: true, signal: runContext.signal},
				follow,
			)
		: await follow();
	if (pending) {
		const {engine, ledger, lab, workshop} = runContext;
		const printed = {build: ended.build, built: built?.end() ?? null, stdout: ended.stdout};
		await settleRun(pending, printed, {
			ledger,
			lab,
			baseImages: workshop.images,
			lookAgain: (...scope) => repeatSnapshot(...scope, {engine, lab}).catch(() => null),
		}).catch(error => {
			// The run stays pending in the ledger until a later session that reaches the engine settles it.
			if (!(error instanceof UserError)) throw error;
		});
	}
	const {output, outcome} = ended;
	return {
		view: {...start, build: ended.build, output, outcome},
		run: createRunFact(step, plan, ended, runContext),
	};
};

/** Returns the build of a command with what a file defines to be built; null if nothing says what that is. */
const findTargets = async (
	{step, plan, typed, identity, recordedAs}: CommandToRun,
	{engine, environment, lab}: RunContext,
): Promise<BuildPlan | null> => {
	const {build} = plan;
	if (!build?.definition) return build;
	const cwd = typed?.folder ?? lab.path;
	const env = environmentFor(environment, {builder: build.builder, plan, engine: identity});
	const described = await engine.describeBuild(build.definition, {stepId: recordedAs ?? step.id, cwd, env});
	return described && withTargets(build, described, {cwd, labFolder: lab.path});
};

const createRunRequest = (
	{step, plan, typed, identity, recordedAs}: CommandToRun,
	runId: string,
	{lab, environment}: RunContext,
): RunRequest => {
	const chosen = plan.build?.builder ?? typed?.builder ?? (plan.docker?.isBuildx ? 'buildkit' : null);
	const builder = chosen && identity.cli.podman !== undefined ? 'buildah' : chosen;
	return {
		runId,
		stepId: recordedAs ?? step.id,
		argv: argvToStart(plan, {cidFile: () => lab.cidFile(runId), address: identity.address}),
		exact: typed?.exact ?? false,
		onTerminal: typed?.needsTerminal ?? false,
		cwd: typed?.folder ?? lab.path,
		env: environmentFor(environment, {builder, plan, engine: identity}),
		builder: plan.build?.builder ?? null,
		format: plan.build?.format ?? null,
		...(plan.build?.targets && {targets: plan.build.targets}),
	};
};

/**
 * The ledger entry to write before the command starts, in case this program is killed during the run. Null for a
 * command that creates nothing.
 */
const createPendingRun = (
	{step, plan: {build, container}, identity}: CommandToRun,
	{making, before, runId}: {making: CreationPlan; before: ObjectSnapshot; runId: string},
): PendingRun | null => {
	const {anything} = snapshotScope(making);
	if (!build && !container && !anything) return null;
	return {
		kind: 'intent',
		engine: identity.id,
		id: runId,
		stepId: step.id,
		// What several targets make is found in what they print.
		build:
			build && !build.definition
				? before.images && {tags: build.tags, format: build.format, before: before.images}
				: null,
		...(anything ? {making: {makes: making, before}} : {}),
	};
};

const createRunFact = (
	step: Step,
	plan: RunPlan,
	{outcome, stdout, stderr, build}: EndedRun,
	{captured}: Pick<RunContext, 'captured'>,
): RunFact => ({
	fact: 'run',
	stepId: step.id,
	exitCode: outcome.ended === 'exited' ? outcome.exitCode : null,
	stdout,
	stderr: outcome.ended === 'could-not-start' ? outcome.message : stderr,
	endedAt: Date.now(),
	builder: build?.builder ?? plan.build?.builder ?? null,
	captured,
	...(isChallenge(step) ? {isProof: true} : {}),
	stages:
		build?.stages.map(({name, status, seconds, began, ended, instructions, tail}) => ({
			name,
			status,
			seconds,
			began,
			ended,
			tail,
			instructions: instructions.map(one => ({text: one.text, status: one.status})),
		})) ?? [],
	failure: build?.failure ?? null,
});
