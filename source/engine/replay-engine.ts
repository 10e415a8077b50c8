import type {Engine, Recording} from '../session/ports.js';
import {UserError} from '../text/user-error.js';

/**
 * An engine that knows what was recorded: for a step whose run has been played the facts at its end, before that
 * those at its beginning. The same judge works on both.
 */
export const createReplayEngine = (
	readRecording: (stepId: string) => Recording | null,
	/** The engine of this step's recording stands for all. */
	anyStepId: string | undefined,
): Engine & {/** A step's run has been played to its end. */ notePlayed(stepId: string): void} => {
	const played = new Set<string>();
	const listeners = new Set<() => void>();
	return {
		notePlayed(stepId) {
			played.add(stepId);
			for (const listener of listeners) listener();
		},
		async identity() {
			const recording = anyStepId === undefined ? null : readRecording(anyStepId);
			if (!recording) throw new UserError('This workshop has no recordings.');
			return recording.engine;
		},
		async facts({stepId}) {
			const recording = stepId === null ? null : readRecording(stepId);
			if (!recording) return [];
			return played.has(recording.stepId) ? recording.facts : recording.factsBefore;
		},
		async images() {
			return {ids: [], names: {}};
		},
		changes(onChange, signal) {
			listeners.add(onChange);
			signal.addEventListener('abort', () => listeners.delete(onChange), {once: true});
		},
	};
};
