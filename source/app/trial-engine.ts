import {randomUUID} from 'node:crypto';
import path from 'node:path';
import process from 'node:process';
import {selectFacts} from '../checks/facts.js';
import {executeCleanup} from '../engine/cleanup.js';
import {type DockerOutput, runDocker} from '../engine/docker-cli.js';
import type {LiveEngine} from '../engine/live-engine.js';
import {type PendingRun, repeatSnapshot, settleRun} from '../ownership/created-objects.js';
import {type Ledger, type LedgerEntry, reviewOwner} from '../ownership/ledger.js';
import {planCleanup} from '../ownership/plan-cleanup.js';
import {recoverInterruptedRuns} from '../ownership/recover-interrupted-runs.js';
import {baseImage} from '../review/build-model.js';
import {createLiveRunner} from '../runner/live-runner.js';
import {type EndedRun, followRun} from '../session/follow-run.js';
import type {EngineIdentity, LineLogWriter} from '../session/ports.js';
import {createRunId} from '../session/state.js';
import {environmentFor} from '../stages/builders.js';
import type {Builder, StageGraph} from '../stages/model.js';
import {createLedger} from '../storage/ledger.js';
import {makePrivateFolder} from '../storage/state-folder.js';
import {createTranscripts} from '../storage/transcripts.js';

/** Milliseconds for one command: with the base image there, a build takes seconds. */
const timeoutMs = 120_000;

/** A build of a trial. `tags`: `name:tag` of each `-t`. */
type TrialBuild = {builder: Builder; format: 'legacy' | 'plain'; tags: string[]; graph: StageGraph};

/** What a trial can do on the engine. */
export type TrialCommands = {
	/** Where its commands run: a folder of its own, without files. */
	folder: string;
	cli: EngineIdentity['cli'];
	/** Runs a command that makes something: an image, or a container (`build`: null). Rejects with a `UserError`. */
	run(argv: string[], build: TrialBuild | null): Promise<EndedRun>;
	/** Runs `docker` with these arguments, which make nothing. */
	read(args: string[]): Promise<DockerOutput>;
};

/**
 * The learner's engine. What trials make on it is in the ledger until it is removed, so that a review that was killed
 * leaves nothing that a clean-up, or the next review, does not find.
 */
export type TrialEngine = {
	identity: EngineIdentity;
	/** Resolves with the result of a trial; what it made is removed afterwards. */
	use<Result>(trial: (commands: TrialCommands) => Promise<Result>): Promise<Result>;
	/** Removes what earlier reviews have left. Rejects with a `UserError` if the engine does not answer. */
	removeLeftovers(): Promise<void>;
	/** Ends the command that runs, and resolves when all is removed. */
	close(): Promise<void>;
};

/** Nothing in a lab folder belongs to a trial. */
const noLab = {readCid: () => null, deleteCidFile() {}, fingerprintsOf: () => ({})};

const noLog: LineLogWriter = {append() {}, appendBytes() {}, end() {}};

/** The IDs of runs of trials. No step has such an ID. */
const runIdPattern = /Z-review-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-\d+$/;

/** `state`: the folder for the ledger and the output of commands. */
export const createTrialEngine = ({
	engine,
	identity,
	state,
}: {
	engine: LiveEngine;
	identity: EngineIdentity;
	state: string;
}): TrialEngine => {
	const ledger = createOwnLedger(state);
	const transcripts = createTranscripts(state);
	const runner = createLiveRunner(transcripts.open);
	process.once('exit', runner.killAll);
	const abort = new AbortController();
	const work = new Set<Promise<unknown>>();
	const kept = new Set<string>();
	let tidying: Promise<unknown> = Promise.resolve();
	const track = <Result>(promise: Promise<Result>): Promise<Result> => {
		const settled = promise.finally(() => work.delete(settled));
		work.add(settled);
		return settled;
	};

	const run = async (
		{runId, argv, folder, made}: {runId: string; argv: string[]; folder: string; made: LedgerEntry[]},
		build: TrialBuild | null,
	): Promise<EndedRun> => {
		const {builder = null, format = null, tags = [], graph = null} = build ?? {};
		const pending: PendingRun = {
			kind: 'intent',
			engine: identity.id,
			id: runId,
			stepId: null,
			build: format && {tags, format, before: await engine.images()},
		};
		ledger.append(pending);
		const env = environmentFor(engine.environment(), {builder, plan: {build}, engine: identity});
		const ended = await followRun(
			{runId, stepId: null, argv, cwd: folder, env, builder, format},
			{
				runner,
				graph,
				lines: noLog,
				onSnapshot() {},
				signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
			},
		);
		const recorded = await settleRun(
			pending,
			{build: ended.build, built: null, stdout: ended.stdout},
			{
				ledger,
				lab: noLab,
				baseImages: [baseImage],
				lookAgain: (...scope) =>
					repeatSnapshot(...scope, {engine, lab: noLab}).catch(() => {
						// The run stays pending: a later look needs its output.
						kept.add(runId);
						return null;
					}),
			},
		);
		made.push(...recorded);
		return ended;
	};

	return {
		identity,
		async use(trial) {
			// A removal could take the name from the next image that gets it.
			await tidying;
			const id = createRunId(`review-${randomUUID()}`);
			const runIds: string[] = [`${id}-0`];
			const made: LedgerEntry[] = [];
			// Beside the output of the first command, so that both are removed together.
			const folder = path.join(transcripts.folder, `${id}-0`, 'files');
			makePrivateFolder(folder);
			const result = track(
				trial({
					folder,
					cli: identity.cli,
					run(argv, build) {
						const runId = runIds.at(-1) ?? id;
						runIds.push(`${id}-${runIds.length}`);
						return run({runId, argv, folder, made}, build);
					},
					read: args => runDocker(args, {env: engine.environment(), timeoutMs}),
				}),
			);
			const tidyUp = async (): Promise<void> => {
				await removeObjects(made, {engine, ledger, identity});
				for (const runId of runIds) if (!kept.has(runId)) transcripts.remove(runId);
			};
			// The learner reads what came of it meanwhile.
			tidying = track(result.then(tidyUp, tidyUp));
			return result;
		},
		async removeLeftovers() {
			const {id, cli} = identity;
			await recoverInterruptedRuns(id, {
				...{ledger, transcripts, engine, cli, lab: noLab},
				baseImages: [baseImage],
			});
			await removeObjects(ledger.entries(id), {engine, ledger, identity});
			for (const runId of transcripts.runIds())
				if (runIdPattern.test(runId) && transcripts.state(runId) !== 'running') transcripts.remove(runId);
		},
		async close() {
			abort.abort();
			while (work.size > 0) await Promise.allSettled(work);
		},
	};
};

/** Removes what these entries list, as far as the engine answers. */
const removeObjects = async (
	entries: LedgerEntry[],
	{engine, ledger, identity}: {engine: LiveEngine; ledger: Ledger; identity: EngineIdentity},
): Promise<void> => {
	if (entries.length === 0) return;
	const facts = await engine.facts({probePorts: false, allImages: true, stepId: null});
	const images = selectFacts(facts, 'image');
	const containers = selectFacts(facts, 'container');
	const plan = planCleanup(entries, {images, containers, things: {volumes: {}, networks: {}}});
	await executeCleanup(plan, engine.environment(), ({kind, id, name}) =>
		ledger.append({kind: 'gone', engine: identity.id, id: kind === 'name' ? name : id}),
	).catch(() => {
		// What stays is in the ledger.
	});
};

/** The ledger, with the entries of reviews alone. */
const createOwnLedger = (state: string): Ledger => {
	const {append, entries} = createLedger(state, reviewOwner);
	return {
		owner: reviewOwner,
		append,
		entries: engineId => entries(engineId).filter(({workshop}) => workshop?.id === reviewOwner.id),
	};
};
