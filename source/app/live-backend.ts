import path from 'node:path';
import process from 'node:process';
import {examine} from '../doctor/examine.js';
import {executeCleanup, readBuildCacheSize} from '../engine/cleanup.js';
import {createLiveEngine, type LiveEngine} from '../engine/live-engine.js';
import {messages} from '../messages/index.js';
import type {Ledger, Owner} from '../ownership/ledger.js';
import {recoverInterruptedRuns} from '../ownership/recover-interrupted-runs.js';
import {selectActiveIds} from '../ownership/rules.js';
import {createLiveRunner} from '../runner/live-runner.js';
import type {Cleaner, Engine, Transcripts} from '../session/ports.js';
import type {Backend} from '../session/run-context.js';
import {createLedger} from '../storage/ledger.js';
import {createLineLogs} from '../storage/line-logs.js';
import {createProgressStore} from '../storage/progress-store.js';
import {createLogFile} from '../storage/run-log.js';
import {stateFolder} from '../storage/state-folder.js';
import {createTranscripts} from '../storage/transcripts.js';
import {inheritedEnvironment} from '../system/processes.js';
import {UserError} from '../text/user-error.js';
import {isChallenge} from '../workshop/steps.js';
import {createCleaner} from './cleaner.js';
import {type OpenWorkshop, workshopProgressName} from './open-workshop.js';
import {assertOpenFileLimit} from './process.js';

/**
 * `state`: the folder for the ledger and other state. `owner`: the workshop that owns what is created; null for any.
 * `needsDocker`: rejects Podman, which can't run every step.
 */
type LiveBackendOptions = {state?: string; owner?: Owner | null; needsDocker?: boolean};

/**
 * Creates a backend for the learner's own engine. Running commands are killed when the program exits, or earlier by
 * `killAll`. Throws a `UserError` if commands can't be started.
 */
export const createLiveBackend = (
	open: OpenWorkshop,
	{state = stateFolder(), owner = open.owner, needsDocker = false}: LiveBackendOptions = {},
): Backend & {killAll(): void} => {
	assertOpenFileLimit();
	const ledger = createLedger(state, owner);
	const transcripts = createTranscripts(state, owner?.id ?? null);
	const {engine, environment, countLeftovers} = createEngine(open, {ledger, transcripts, needsDocker});
	const runner = createLiveRunner(transcripts.open);
	process.once('exit', runner.killAll);
	const cleaner: Cleaner = createCleaner({
		engine,
		ledger,
		lab: open.lab,
		transcripts,
		carryOut: (plan, onRemoved) => executeCleanup(plan, environment(), onRemoved),
		readBuildCache: () => readBuildCacheSize(environment()),
	});
	return {
		runner,
		engine,
		countLeftovers,
		replay: null,
		ledger,
		cleaner,
		progress: createProgressStore(state, workshopProgressName(open, 'live')),
		// Beside the transcript, so that both are removed together.
		lineLogs: createLineLogs(runId => createLogFile(path.join(transcripts.folder, runId, 'lines'))),
		examine: onFinding =>
			examine(
				{
					...open,
					stateFolder: state,
					labFolder: open.lab.path,
					env: environment(),
					ledger,
					inspectPack: null,
				},
				onFinding,
				onFinding,
			),
		killAll: runner.killAll,
	};
};

/**
 * Once the engine is known, reads from the ledger which images and containers are ours, after recording what
 * interrupted runs created.
 */
const createEngine = (
	open: OpenWorkshop,
	{ledger, transcripts, needsDocker}: {ledger: Ledger; transcripts: Transcripts; needsDocker: boolean},
): Pick<Backend, 'engine' | 'countLeftovers'> & Pick<LiveEngine, 'environment'> => {
	const isOfChallenge = (stepId: string) =>
		open.workshop.chapters.some(({steps}) => steps.some(step => step.id === stepId && isChallenge(step)));
	let engineId: string | null = null;
	let countLeftovers = 0;
	const entries = () => (engineId === null ? [] : ledger.entries(engineId));
	const engine = createLiveEngine({
		env: inheritedEnvironment(),
		ledgerImageIds: () => selectActiveIds(entries(), 'image'),
		stepContainerIds: () =>
			entries().flatMap(entry =>
				entry.kind === 'container' && entry.stepId !== null && !isOfChallenge(entry.stepId) ? [entry.id] : [],
			),
	});
	const identity: Engine['identity'] = async () => {
		const known = await engine.identity();
		if (known.cli.podman !== undefined && needsDocker)
			throw new UserError(messages.engine.podman.lacksBuilders(known.endpoint, known.cli.podman));
		engineId = known.id;
		countLeftovers += await recoverInterruptedRuns(known.id, {
			ledger,
			transcripts,
			engine,
			cli: known.cli,
			lab: open.lab,
			baseImages: open.workshop.images,
		}).catch(postponeRecovery);
		return known;
	};
	const facts: Engine['facts'] = async scope => {
		// Without an engine, there is no ledger for it; the facts then report that it is gone.
		if (engineId === null) await identity().catch(() => {});
		return engine.facts(scope);
	};
	return {
		engine: {...engine, identity, facts},
		environment: engine.environment,
		countLeftovers: () => countLeftovers,
	};
};

/** Recovery is retried later; the engine can be used in the meantime. */
const postponeRecovery = (error: unknown): number => {
	if (!(error instanceof UserError)) throw error;
	return 0;
};
