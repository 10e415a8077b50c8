import type {RunFact} from '../checks/model.js';
import {
	createBuildEntries,
	createBuiltImageReader,
	createContainerEntries,
	createObjectEntries,
	type PrintedObjects,
	planCreation,
	repeatSnapshot,
	snapshotScope,
} from '../ownership/created-objects.js';
import type {CreationPlan, LedgerEntry, ObjectSnapshot} from '../ownership/ledger.js';
import {environmentFor} from '../stages/builders.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {checkNameConflicts} from './check-name-conflicts.js';
import {type EndedRun, followRun} from './follow-run.js';
import {readDockerfilePlan} from './plan/dockerfile-plan.js';
import type {RedirectedOutput} from './plan/line-plan.js';
import {argvToStart, type RunPlan} from './plan/run-plan.js';
import type {EngineIdentity, RunRequest} from './ports.js';
import type {RunContext} from './run-context.js';
import {createRunView, type RunView} from './state.js';

/** A command and how to run it. */
export type CommandToRun = {
	step: Step;
	plan: RunPlan;
	/** As the learner reads it. */
	commandLine: string;
	/** Set for a line of the learner's own: where it runs, and by which builder what is built in it. */
	typed: {
		folder: string;
		builder: Builder;
		exact: boolean;
		needsTerminal: boolean;
		/** What it has printed into files, once it has ended. */
		redirected: () => RedirectedOutput;
	} | null;
	identity: EngineIdentity;
	/** What its recording is called, where that is not the step's id. */
	recordedAs?: string;
};

/**
 * Runs one command for a step and writes into the ledger what it made. The view it resolves with is not judged yet.
 * Rejects with a `UserError` when the learner keeps a name that the command would take.
 */
export const runCommand = async (
	work: CommandToRun,
	runContext: RunContext,
): Promise<{view: RunView; run: RunFact}> => {
	const {step, plan, commandLine, typed, identity} = work;
	const {build} = plan;
	runContext.demandConsent();
	const making = planCreation(plan.makes, {
		folder: typed?.folder ?? runContext.lab.path,
		isTyped: typed !== null,
		isBuildFollowed: build !== null,
		baseImages: runContext.workshop.images,
	});
	const before = await checkNameConflicts({...plan, making}, identity, runContext);
	const start: RunView = {
		...createRunView(step, commandLine, typed !== null),
		builder: build?.builder ?? null,
		hadTerminal: typed?.needsTerminal ?? false,
		source: build,
	};
	const {runId} = start;
	recordPendingRun({...work, making, before, runId}, runContext);
	const built = making.images.includes('built') ? createBuiltImageReader(identity.cli) : null;
	runContext.onView(start);
	const follow = () =>
		followRun(createRunRequest(work, runId, runContext), {
			runner: runContext.runner,
			graph:
				build &&
				readDockerfilePlan(build, runContext.lab, {
					environment: runContext.environment,
					enginePlatform: identity.platform,
				}).graph,
			lines: runContext.lineLogs.open(runId),
			redirected: typed?.redirected ?? (() => []),
			// Alone a line says where its progress goes.
			isMixed: typed !== null && build?.format === 'plain',
			onOutput: built?.push,
			onSnapshot: snapshot => runContext.onView({...start, ...snapshot}),
			signal: runContext.signal,
		});
	const ended = start.hadTerminal
		? await runContext.handover.handOver(
				{heading: `$ ${commandLine}`, waits: true, signal: runContext.signal},
				follow,
			)
		: await follow();
	const printed: PrintedObjects = {built: built?.end() ?? {images: [], names: []}, stdout: ended.stdout};
	await recordCreatedObjects({...work, making, before, ended, printed, runId}, runContext).catch(
		ignoreUserError,
	);
	const {output, outcome} = ended;
	return {view: {...start, build: ended.build, output, outcome}, run: createRunFact(step, plan, ended)};
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
		argv: argvToStart(plan, {cidFile: lab.cidFile(runId), address: identity.address}),
		exact: typed?.exact ?? false,
		onTerminal: typed?.needsTerminal ?? false,
		cwd: typed?.folder ?? lab.path,
		env: environmentFor(environment, {builder, plan, engine: identity}),
		builder: plan.build?.builder ?? null,
		format: plan.build?.format ?? null,
	};
};

type PendingCommand = CommandToRun & {making: CreationPlan; before: ObjectSnapshot; runId: string};

/** Before anything is made: should this program not live to write down what was. */
const recordPendingRun = (
	{step, plan, identity, making, before, runId}: PendingCommand,
	{ledger}: RunContext,
): void => {
	if (!createsAnything(plan, making)) return;
	const build = plan.build &&
		before.images && {tags: plan.build.tags, format: plan.build.format, before: before.images};
	ledger.append({
		kind: 'intent',
		engine: identity.id,
		id: runId,
		stepId: step.id,
		build,
		...(snapshotScope(making).anything ? {making: {makes: making, before}} : {}),
	});
};

const createsAnything = ({build, container}: RunPlan, making: CreationPlan): boolean =>
	build !== null || container !== null || snapshotScope(making).anything;

/** What can't be noted now is noted by the next who asks the engine: the intent stays open, and the ID in its file. */
const ignoreUserError = (error: unknown): void => {
	if (!(error instanceof UserError)) throw error;
};

const recordCreatedObjects = async (
	{
		step,
		plan,
		identity,
		making,
		before,
		ended,
		printed,
		runId,
	}: PendingCommand & {ended: EndedRun; printed: PrintedObjects},
	{engine, ledger, lab, workshop}: RunContext,
): Promise<void> => {
	if (!createsAnything(plan, making)) return;
	const note = (made: LedgerEntry[]): void => {
		for (const entry of made) ledger.append(entry);
	};
	if (plan.container) note(createContainerEntries(identity.id, step.id, lab.readCid(runId), ended.stdout));
	// When the engine has gone in the meantime, the intent stays open: whoever meets it again settles it.
	const after = await repeatSnapshot(before, making, {engine, lab}).catch(() => null);
	if (!after) return;
	if (plan.build && ended.build && before.images && after.images) {
		note(
			createBuildEntries({
				engine: identity.id,
				build: ended.build,
				tags: plan.build.tags,
				before: before.images,
				after: after.images,
				baseImages: workshop.images,
			}),
		);
	}
	note(
		createObjectEntries(making, {
			engine: identity.id,
			printed,
			before,
			after,
			known: ledger.entries(identity.id),
			baseImages: workshop.images,
		}),
	);
	ledger.append({kind: 'settled', engine: identity.id, id: runId});
	if (plan.container) lab.dropCid(runId);
};

const createRunFact = (step: Step, plan: RunPlan, {outcome, stdout, stderr, build}: EndedRun): RunFact => ({
	fact: 'run',
	stepId: step.id,
	exitCode: outcome.ended === 'exited' ? outcome.exitCode : null,
	stdout,
	stderr: outcome.ended === 'could-not-start' ? outcome.message : stderr,
	endedAt: Date.now(),
	builder: build?.builder ?? plan.build?.builder ?? null,
	...(step.kind === 'challenge' ? {isProof: true} : {}),
	stages:
		build?.stages.map(({name, status, seconds, began, ended, instructions}) => ({
			name,
			status,
			seconds,
			began,
			ended,
			instructions: instructions.map(one => ({text: one.text, status: one.status})),
		})) ?? [],
	failure: build?.failure ?? null,
});
