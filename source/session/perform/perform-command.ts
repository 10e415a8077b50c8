import type {Builder} from '../../build/model.js';
import type {RunFact} from '../../checks/model.js';
import {UserError} from '../../text/user-error.js';
import type {Step} from '../../workshop/model.js';
import type {Conduct} from '../conduct.js';
import {emptyView} from '../empty-view.js';
import type {Before, EngineIdentity, LedgerEntry, Making, RunRequest} from '../ports.js';
import type {RunView} from '../state.js';
import type {Redirected} from '../typed/read-redirected.js';
import {claimNames} from './claim-names.js';
import {type EndedRun, followRun} from './follow-run.js';
import {entriesOfBuild, entriesOfMaking, entriesOfRun, type Printed} from './ledger-entries.js';
import {lookAfter} from './look-after.js';
import {looksAt, planMaking} from './plan-making.js';
import {argvToStart, environmentFor, type RunPlan} from './plan-run.js';
import {createBuiltReader} from './read-built.js';
import {readPlan} from './read-plan.js';

/** A command and how to run it. */
export type Work = {
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
		redirected: () => Redirected;
	} | null;
	identity: EngineIdentity;
	/** What its recording is called, where that is not the step's id. */
	recordedAs?: string;
};

/**
 * Runs one command for a step and writes into the ledger what it made. The view it resolves with is not judged yet.
 * Rejects with a `UserError` when the learner keeps a name that the command would take.
 */
export const performCommand = async (
	work: Work,
	conduct: Conduct,
): Promise<{view: RunView; run: RunFact}> => {
	const {step, plan, commandLine, typed, identity} = work;
	const {build} = plan;
	conduct.demandConsent();
	const making = planMaking(plan.makes, {
		folder: typed?.folder ?? conduct.lab.path,
		isTyped: typed !== null,
		isBuildFollowed: build !== null,
		baseImages: conduct.workshop.images,
	});
	const before = await claimNames({...plan, making}, identity, conduct);
	const start: RunView = {
		...emptyView(step, commandLine, typed !== null),
		builder: build?.builder ?? null,
		hadTerminal: typed?.needsTerminal ?? false,
		source: build,
	};
	const {runId} = start;
	noteIntent({...work, making, before, runId}, conduct);
	const built = making.images.includes('built') ? createBuiltReader(identity.cli) : null;
	conduct.onView(start);
	const follow = () =>
		followRun(requestOf(work, runId, conduct), {
			runner: conduct.runner,
			graph:
				build &&
				readPlan(build, conduct.lab, {
					environment: conduct.environment,
					enginePlatform: identity.platform,
				}).graph,
			lines: conduct.lineLogs.open(runId),
			redirected: typed?.redirected ?? (() => []),
			// Alone a line says where its progress goes.
			isMixed: typed !== null && build?.format === 'plain',
			onOutput: built?.push,
			onSnapshot: snapshot => conduct.onView({...start, ...snapshot}),
			signal: conduct.signal,
		});
	const ended = start.hadTerminal
		? await conduct.lender.lend({heading: `$ ${commandLine}`, waits: true, signal: conduct.signal}, follow)
		: await follow();
	const printed: Printed = {built: built?.end() ?? {images: [], names: []}, stdout: ended.stdout};
	await keepLedger({...work, making, before, ended, printed, runId}, conduct).catch(leaveOpen);
	const {output, outcome} = ended;
	return {view: {...start, build: ended.build, output, outcome}, run: factOf(step, plan, ended)};
};

const requestOf = (
	{step, plan, typed, identity, recordedAs}: Work,
	runId: string,
	{lab, environment}: Conduct,
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

type Noted = Work & {making: Making; before: Before; runId: string};

/** Before anything is made: should this program not live to write down what was. */
const noteIntent = ({step, plan, identity, making, before, runId}: Noted, {ledger}: Conduct): void => {
	if (!makesSomething(plan, making)) return;
	const build = plan.build &&
		before.images && {tags: plan.build.tags, format: plan.build.format, before: before.images};
	ledger.append({
		kind: 'intent',
		engine: identity.id,
		id: runId,
		stepId: step.id,
		build,
		...(looksAt(making).anything ? {making: {makes: making, before}} : {}),
	});
};

const makesSomething = ({build, container}: RunPlan, making: Making): boolean =>
	build !== null || container !== null || looksAt(making).anything;

/** What can't be noted now is noted by the next who asks the engine: the intent stays open, and the ID in its file. */
const leaveOpen = (error: unknown): void => {
	if (!(error instanceof UserError)) throw error;
};

const keepLedger = async (
	{step, plan, identity, making, before, ended, printed, runId}: Noted & {ended: EndedRun; printed: Printed},
	{engine, ledger, lab, workshop}: Conduct,
): Promise<void> => {
	if (!makesSomething(plan, making)) return;
	const note = (made: LedgerEntry[]): void => {
		for (const entry of made) ledger.append(entry);
	};
	if (plan.container) note(entriesOfRun(identity.id, step.id, lab.readCid(runId), ended.stdout));
	// When the engine has gone in the meantime, the intent stays open: whoever meets it again settles it.
	const after = await lookAfter(before, making, {engine, lab}).catch(() => null);
	if (!after) return;
	if (plan.build && ended.build && before.images && after.images) {
		note(
			entriesOfBuild({
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
		entriesOfMaking(making, {
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

const factOf = (step: Step, plan: RunPlan, {outcome, stdout, stderr, build}: EndedRun): RunFact => ({
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
