import type {Fact} from '../checks/model.js';
import type {Engine, EngineIdentity, Recording} from '../session/ports.js';

/**
 * An engine that knows what was recorded: for a step whose run has been played the facts at its end, before that those
 * at its beginning. The same judge works on both.
 */
export const createReplayEngine = ({
	readIdentity,
	factsBefore,
	thoughtFacts,
}: {
	readIdentity: () => EngineIdentity;
	/** Facts before a step's run; empty without a recording. */
	factsBefore: (stepId: string) => Fact[];
	/** What the lines read at a step would have made; null where none was read. */
	thoughtFacts: (stepId: string) => Fact[] | null;
}): Engine & {/** A step's run has been played to its end. */ notePlayed(recording: Recording): void} => {
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
