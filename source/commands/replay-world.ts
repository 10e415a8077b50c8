import {createReplayEngine} from '../engine/replay-engine.js';
import {createReplayRunner} from '../runner/replay-runner.js';
import type {Cleaner, Recording} from '../session/ports.js';
import type {World} from '../session/world.js';
import {createLineLogs} from '../storage/line-logs.js';
import {createMemoryFile} from '../storage/memory-file.js';
import {createProgressStore} from '../storage/progress-store.js';
import {readRecording, recordedSteps} from '../storage/recordings.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import type {OpenWorkshop} from './open-workshop.js';

/** Nothing is made in a replay, so there is nothing to remove; the lab files stay for whoever wants to read on. */
const cleaner: Cleaner = {
	preview: async () => ({remove: [], giveBack: [], keep: [], buildCacheBytes: null}),
	clean: async () => ({removed: [], kept: []}),
	removeContainer: async () => {},
};

/** A recording in the place of the engine. `speed`: 1 as recorded, Infinity at once. Null when none was made. */
export const createReplayWorld = ({folder, workshop}: OpenWorkshop, speed: number): World | null => {
	const [any] = recordedSteps(folder);
	if (any === undefined) return null;
	const read = remember((stepId: string) => readRecording(folder, stepId));
	const engine = createReplayEngine(read, any);
	return {
		runner: createReplayRunner({readRecording: read, speed, onPlayed: engine.notePlayed}),
		engine,
		ledger: {entries: () => [], append: () => {}},
		cleaner,
		// What a recording showed is no progress on an engine: it is kept by itself.
		progress: createProgressStore(stateFolder(), `${workshop.id}-recorded`),
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

const remember = (read: (stepId: string) => Recording | null): ((stepId: string) => Recording | null) => {
	const known = new Map<string, Recording | null>();
	return stepId => {
		const recording = known.has(stepId) ? (known.get(stepId) ?? null) : read(stepId);
		known.set(stepId, recording);
		return recording;
	};
};
