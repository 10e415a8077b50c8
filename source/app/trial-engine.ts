import {randomUUID} from 'node:crypto';
import process from 'node:process';
import {selectFacts} from '../checks/facts.js';
import {executeCleanup} from '../engine/cleanup.js';
import {type DockerOutput, runDocker} from '../engine/docker-cli.js';
import type {LiveEngine} from '../engine/live-engine.js';
import {type PendingRun, repeatSnapshot, settleRun} from '../ownership/created-objects.js';
import {type Ledger, type LedgerEntry, type TrialKind, trialOwner} from '../ownership/ledger.js';
import {planCleanup} from '../ownership/plan-cleanup.js';
import {recoverInterruptedRuns} from '../ownership/recover-interrupted-runs.js';
import {createLiveRunner} from '../runner/live-runner.js';
import {type EndedRun, followRun} from '../session/follow-run.js';
import type {EngineIdentity, LineLogWriter} from '../session/ports.js';
import {createRunId} from '../session/state.js';
import {environmentFor} from '../stages/builders.js';
import type {Builder, BuildFormat, StageGraph} from '../stages/model.js';
import {createLedger} from '../storage/ledger.js';
import {createTranscripts} from '../storage/transcripts.js';

/**
 * A build of a trial. `tags`: `name:tag` of each `-t`. `cwd`: the folder of the relative paths among its flags; undefined if
 * there are none.
 */
type TrialBuild = {
	builder: Builder;
	format: BuildFormat;
	tags: string[];
	graph: StageGraph;
	cwd?: string;
};

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
 * The learner's engine. What trials make on it is in the ledger until it is removed, so that one that was killed leaves
 * nothing that a clean-up, or the next one, does not find.
 */
export type TrialEngine = {
	identity: EngineIdentity;
	/** Resolves with the result of a trial; what it made is removed afterwards. */
	use<Result>(trial: (commands: TrialCommands) => Promise<Result>): Promise<Result>;
	/** Removes what earlier trials of the same kind have left. Rejects with a `UserError` if the engine does not answer. */
	removeLeftovers(): Promise<void>;
	/** Ends the command that runs, and resolves when all is removed. */
	close(): Promise<void>;
};

/** Nothing in a lab folder belongs to a trial. */
const noLab = {readCid: () => null, deleteCidFile() {}, fingerprintsOf: () => ({})};

const noLog: LineLogWriter = {append() {}, appendBytes() {}, end() {}};

/** The IDs of runs of trials. No step has such an ID. */
const runIdPattern = (kind: TrialKind) =>
	new RegExp(String.raw`Z-${kind}-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}-(?:\d+|files)$`);

type TrialOptions = {
	kind: TrialKind;
	/** The images that builds start from, which are never removed. */
	baseImages: string[];
	/** Milliseconds for one command. */
	timeoutMs: number;
	engine: LiveEngine;
	identity: EngineIdentity;
	/** The folder for the ledger and the output of commands. */
	state: string;
};

export const createTrialEngine = ({
	kind,
	baseImages,
	timeoutMs,
	engine,
	identity,
	state,
}: TrialOptions): TrialEngine => {
	const ledger = createOwnLedger(state, kind);
	const transcripts = createTranscripts(state);
	const runner = createLiveRunner(transcripts.open);
	process.once('exit', runner.killAll);
	const abort = new AbortController();
	const work = new Set<Promise<unknown>>();
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
			{runId, stepId: null, argv, cwd: build?.cwd ?? folder, env, builder, format},
			{
				runner,
				graph,
				lines: noLog,
				onSnapshot() {},
				signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
			},
		);
		let isPending = false;
		const recorded = await settleRun(
			pending,
			{build: ended.build, built: null, stdout: ended.stdout},
			{
				ledger,
				lab: noLab,
				baseImages,
				lookAgain: (...scope) =>
					repeatSnapshot(...scope, {engine, lab: noLab}).catch(() => {
						// The run stays pending: a later look needs its output.
						isPending = true;
						return null;
					}),
			},
		);
		made.push(...recorded);
		if (!isPending) transcripts.remove(runId);
		return ended;
	};

	return {
		identity,
		async use(trial) {
			// A removal could take the name from the next image that gets it.
			await tidying;
			const id = createRunId(`${kind}-${randomUUID()}`);
			let count = 0;
			const made: LedgerEntry[] = [];
			// Beside the output of the commands, so that all of it is removed together.
			const folder = transcripts.makeFolder(`${id}-files`);
			const result = track(
				trial({
					folder,
					cli: identity.cli,
					run: (argv, build) => run({runId: `${id}-${count++}`, argv, folder, made}, build),
					read: args => runDocker(args, {env: engine.environment(), timeoutMs}),
				}),
			);
			const tidyUp = async (): Promise<void> => {
				await removeObjects(made, {engine, ledger, identity});
				transcripts.remove(`${id}-files`);
			};
			// The result is read meanwhile.
			tidying = track(result.then(tidyUp, tidyUp));
			return result;
		},
		async removeLeftovers() {
			const {id, cli} = identity;
			await recoverInterruptedRuns(id, {
				...{ledger, transcripts, engine, cli, lab: noLab, baseImages},
			});
			await removeObjects(ledger.entries(id), {engine, ledger, identity});
			for (const runId of transcripts.runIds())
				if (runIdPattern(kind).test(runId) && transcripts.state(runId) !== 'running')
					transcripts.remove(runId);
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

/** The ledger, with the entries of these trials alone. */
const createOwnLedger = (state: string, kind: TrialKind): Ledger => {
	const owner = trialOwner(kind);
	const {append, entries} = createLedger(state, owner);
	return {
		owner,
		append,
		entries: engineId => entries(engineId).filter(({workshop}) => workshop?.id === owner.id),
	};
};
