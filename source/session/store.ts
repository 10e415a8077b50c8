import type {Action} from './action.js';
import {reduce} from './reduce.js';
import type {SessionState} from './state.js';

/** The state outside of React: every change goes through `dispatch`. */
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
