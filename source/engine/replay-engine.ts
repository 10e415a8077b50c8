import type {Fact} from '../checks/model.js';
import type {DescribedBuild, Engine, EngineIdentity, Recording} from '../session/ports.js';

/**
 * An engine that returns recorded facts: once a step's run has been played, those after it, until then those before it.
 * The same judge works on both.
 */
export const createReplayEngine = ({
	readIdentity,
	factsBefore,
	describeBuild,
	thoughtFacts,
}: {
	readIdentity: () => EngineIdentity;
	/** Facts before a step's run; empty without a recording. */
	factsBefore: (stepId: string) => Fact[];
	/** What the recorded build of a step was to build; null if it is not recorded. */
	describeBuild: (stepId: string) => DescribedBuild | null;
	/** Facts simulated from the lines read at a step; null if none was read. */
	thoughtFacts: (stepId: string) => Fact[] | null;
}): Engine & {/** Notes a run that was played to its end. */ notePlayed(recording: Recording): void} => {
	const played = new Map<string, Recording>();
	const listeners = new Set<() => void>();
	return {
		notePlayed(recording) {
			played.set(recording.stepId, recording);
			for (const listener of listeners) listener();
		},
		identity: async () => readIdentity(),
		facts: async ({stepId}) =>
			stepId === null ? [] : (thoughtFacts(stepId) ?? played.get(stepId)?.facts ?? factsBefore(stepId)),
		describeBuild: async (_, {stepId}) => describeBuild(stepId),
		async images() {
			return {ids: [], names: {}};
		},
		async things() {
			return {containers: {}, volumes: {}, networks: {}};
		},
		changes(onChange, signal) {
			listeners.add(onChange);
			signal.addEventListener('abort', () => listeners.delete(onChange), {once: true});
		},
	};
};
