import type {Fact} from '../checks/model.js';
import {createReplayEngine} from '../engine/replay-engine.js';
import {messages} from '../messages/index.js';
import {createPace, createReplayRunner} from '../runner/replay-runner.js';
import type {Cleaner, DescribedBuild, EngineIdentity, Recording} from '../session/ports.js';
import type {Backend} from '../session/run-context.js';
import type {Builder} from '../stages/model.js';
import {createLineLogs} from '../storage/line-logs.js';
import {createProgressStore} from '../storage/progress-store.js';
import {type RecordingKey, readRecording, recordedEngines} from '../storage/recordings.js';
import {createMemoryFile} from '../storage/run-log.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {isChallenge, matchesCommand, proofId, recordedCommand} from '../workshop/steps.js';
import {type OpenWorkshop, workshopProgressName} from './open-workshop.js';
import {createSimulator} from './simulator.js';

/** A replay creates nothing, so there is nothing to remove. The lab files stay for further reading. */
const cleaner: Cleaner = {
	preview: async () => ({remove: [], giveBack: [], keep: [], buildCacheBytes: null}),
	clean: async () => ({removed: [], kept: []}),
	cleanSince: async () => ({removed: [], kept: []}),
	removeContainer: async () => {},
};

/** Creates a backend that replays recordings. `speed`: 1 as recorded, Infinity at once. Null if there are none. */
export const createReplayBackend = (open: OpenWorkshop, speed: number): Backend | null => {
	const library = createRecordingLibrary(open);
	if (library.engines.length === 0) return null;
	const pace = createPace(speed);
	const simulator = createSimulator(open, library.factsBefore);
	const engine = createReplayEngine({
		readIdentity: library.identity,
		factsBefore: library.factsBefore,
		describeBuild: library.describeBuild,
		thoughtFacts: simulator.facts,
	});
	return {
		runner: createReplayRunner({
			readRecording: library.read,
			pace,
			onPlayed(recording) {
				// The recording replaces what was simulated.
				simulator.forget(recording.stepId);
				engine.notePlayed(recording);
			},
		}),
		engine,
		replay: {
			read: simulator.read,
			knownAnswer: simulator.knownAnswer,
			engines: library.engines,
			nextEngine: library.nextEngine,
			setPace: pace.set,
			skipToEnd: pace.skip,
		},
		countLeftovers: () => 0,
		ledger: {owner: null, entries: () => [], append: () => {}},
		cleaner,
		// Progress in a recording is not progress on an engine, so it is kept separately.
		progress: createProgressStore(stateFolder(), workshopProgressName(open, 'recorded')),
		lineLogs: createLineLogs(createMemoryFile),
		examine: async () => {},
	};
};

/** The same, but throws a `UserError` if there are no recordings. */
export const requireReplayBackend = (open: OpenWorkshop, speed: number): Backend => {
	const backend = createReplayBackend(open, speed);
	if (!backend) throw noRecordingsError(open);
	return backend;
};

const noRecordingsError = ({workshop}: OpenWorkshop): UserError =>
	new UserError(messages.app.workshop.noRecordings(workshop.id), {exitCode: 2});

const builders: Array<Builder | null> = [null, 'buildkit', 'legacy'];

/** The recordings of a workshop, for one engine at a time. Each is read once. */
export const createRecordingLibrary = (open: OpenWorkshop) => {
	const {folder, workshop} = open;
	const engines = recordedEngines(folder);
	const stepIds = workshop.chapters.flatMap(({steps}) => steps.map(({id}) => id));
	const known = new Map<string, Recording | null>();
	let chosen = 0;
	const read = (wanted: RecordingKey): Recording | null => {
		const engine = engines[chosen] ?? '';
		const key = [engine, wanted.stepId, wanted.builder].join(' ');
		if (!known.has(key)) known.set(key, readRecording(folder, engine, wanted));
		return known.get(key) ?? null;
	};
	/** The first recording of any of these steps, with any builder. */
	const readFirst = (ids: string[]): Recording | null => {
		const wanted = ids.flatMap(stepId => builders.map(builder => ({stepId, builder})));
		for (const key of wanted) if (read(key)) return read(key);
		return null;
	};
	return {
		/** Major versions, newest first: `28`, `26`. */
		engines,
		nextEngine() {
			chosen = (chosen + 1) % engines.length;
		},
		/** Null if there is none, or if the step's command has changed since. Throws a `UserError` if it is damaged. */
		read(wanted: RecordingKey): Recording | null {
			const recording = read(wanted);
			return recording && isStillCurrent(recording, open) ? recording : null;
		},
		/** The recorded engine. */
		identity(): EngineIdentity {
			const any = readFirst(stepIds);
			if (!any) throw noRecordingsError(open);
			// How to reach the engine is not recorded.
			return {...any.engine, context: 'default', environment: {}};
		},
		/** What the build of a step was to build; null for any other command, and without a recording. */
		describeBuild(stepId: string): DescribedBuild | null {
			const {targets, format} = readFirst([stepId]) ?? {};
			return targets ? {targets, hasRawjson: format === 'rawjson'} : null;
		},
		/** Facts before a step's run; empty without a recording. */
		factsBefore: (stepId: string): Fact[] => readFirst([stepId])?.factsBefore ?? [],
	};
};

const isStillCurrent = ({stepId, argv}: Recording, {workshop, solutionOf}: OpenWorkshop): boolean => {
	const steps = workshop.chapters.flatMap(chapter => chapter.steps);
	const step = steps.find(
		one => one.id === stepId || one.judge.some((_, index) => proofId(one, index) === stepId),
	);
	if (!step) return false;
	const isOfSolution = isChallenge(step) && step.id === stepId;
	const command = recordedCommand(stepId, step, isOfSolution ? solutionOf(step.id) : null);
	return command !== null && matchesCommand(command, argv);
};
