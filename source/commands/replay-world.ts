import {createReplayEngine} from '../engine/replay-engine.js';
import {createPace} from '../runner/create-pace.js';
import {createReplayRunner} from '../runner/replay-runner.js';
import type {Cleaner} from '../session/ports.js';
import type {World} from '../session/world.js';
import {createLineLogs} from '../storage/line-logs.js';
import {createMemoryFile} from '../storage/memory-file.js';
import {createProgressStore} from '../storage/progress-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import {createReader} from './create-reader.js';
import {type OpenWorkshop, progressNameOf} from './open-workshop.js';
import {createRecordingLibrary} from './recording-library.js';

/** Nothing is made in a replay, so there is nothing to remove; the lab files stay for whoever wants to read on. */
const cleaner: Cleaner = {
	preview: async () => ({remove: [], giveBack: [], keep: [], buildCacheBytes: null}),
	clean: async () => ({removed: [], kept: []}),
	cleanSince: async () => ({removed: [], kept: []}),
	removeContainer: async () => {},
};

/** A recording in the place of the engine. `speed`: 1 as recorded, Infinity at once. Null when none was made. */
export const createReplayWorld = (open: OpenWorkshop, speed: number): World | null => {
	const library = createRecordingLibrary(open);
	if (library.engines.length === 0) return null;
	const pace = createPace(speed);
	const reader = createReader(open, library.factsBefore);
	const engine = createReplayEngine({
		readIdentity: library.identity,
		factsBefore: library.factsBefore,
		thoughtFacts: reader.facts,
	});
	return {
		runner: createReplayRunner({
			readRecording: library.read,
			pace,
			onPlayed(recording) {
				// What was thought of is over: from here on it is as it was recorded.
				reader.forget(recording.stepId);
				engine.notePlayed(recording);
			},
		}),
		engine,
		replay: {
			read: reader.read,
			knownAnswer: reader.knownAnswer,
			engines: library.engines,
			nextEngine: library.nextEngine,
			setPace: pace.set,
			skipToEnd: pace.skip,
		},
		leftBehind: () => 0,
		ledger: {owner: null, entries: () => [], append: () => {}},
		cleaner,
		// What a recording showed is no progress on an engine: it is kept by itself.
		progress: createProgressStore(stateFolder(), progressNameOf(open, 'recorded')),
		lineLogs: createLineLogs(createMemoryFile),
		examine: async () => {},
	};
};

/** For commands that can't go on without one. */
export const demandReplayWorld = (open: OpenWorkshop, speed: number): World => {
	const world = createReplayWorld(open, speed);
	if (!world)
		throw new UserError(`The workshop ${open.workshop.id} has no recordings to replay.`, {exitCode: 2});
	return world;
};
