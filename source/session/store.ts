import type {Progress} from './passed-steps.js';
import type {ProgressStore} from './ports.js';
import {type Action, reduce} from './reduce.js';
import type {SessionState} from './state.js';

/** Holds the state, independent of React. Every change goes through `dispatch`. */
export type Store = {
	getState(): SessionState;
	dispatch(action: Action): void;
	subscribe(onChange: () => void): () => void;
};

export const createStore = (initial: SessionState): Store => {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		dispatch(action) {
			const next = reduce(state, action);
			if (next === state) return;
			state = next;
			for (const listener of listeners) listener();
		},
		subscribe(onChange) {
			listeners.add(onChange);
			return () => void listeners.delete(onChange);
		},
	};
};

/**
 * Restores saved progress, and saves every change from then on. `replay`: the recording that it belongs to, if it does.
 * Returns a function that stops it.
 */
export const keepProgress = (
	store: Store,
	{progress: progressStore, replay}: {progress: ProgressStore; replay: {engines: string[]} | null},
): (() => void) => {
	store.dispatch({
		action: 'restore-progress',
		...progressStore.load(),
		replay: replay && {pace: 1, engines: replay.engines},
	});
	let kept = JSON.stringify(selectProgress(store.getState()));
	return store.subscribe(() => {
		const progress = selectProgress(store.getState());
		const text = JSON.stringify(progress);
		if (text === kept) return;
		kept = text;
		const problem = progressStore.save(progress);
		if (problem) store.dispatch({action: 'show-notice', notice: problem});
	});
};

/** Counts how long each step is shown. `now`: milliseconds on a monotonic clock. */
export const countTime = ({dispatch, subscribe}: Store, now: () => number = () => performance.now()): void =>
	void subscribe(() => dispatch({action: 'count-time', at: now()}));

const selectProgress = (state: SessionState): Progress => ({
	format: 1,
	workshop: state.workshop.id,
	stepId: state.screen === 'welcome' && Object.keys(state.passed).length === 0 ? null : state.stepId,
	passed: state.passed,
	hints: state.hints,
	hintsFor: state.hintsFor,
	captured: state.captured,
	predictions: state.predictions,
	answers: state.answers,
	efforts: state.efforts,
	begun: state.begun,
	// Podman's builder is not the learner's choice.
	builder: state.builder === 'buildah' ? null : state.builder,
	labFolder: state.labFolder,
	engineId: state.engine.status === 'ready' ? state.engine.identity.id : null,
});
