import {selectExtras, selectNeighbour, selectStep, selectSteps} from './select/select.js';
import type {Store} from './store.js';

export type Navigation = {
	forward(): void;
	back(): void;
	/** To the first optional step behind the shown one. */
	toExtra(): void;
	to(stepId: string): void;
};

/** Moves between the screens and steps; `onShown` is called after each move. */
export const createNavigation = ({getState, dispatch}: Store, onShown: () => void): Navigation => {
	const show = (stepId: string | null): void => {
		if (stepId === null) dispatch({action: 'show-screen', screen: 'end'});
		else dispatch({action: 'show-step', stepId});
		onShown();
	};
	return {
		forward() {
			const state = getState();
			if (state.screen === 'welcome') show(selectStep(state).id);
			else if (state.screen === 'step') show(selectNeighbour(state, 1)?.id ?? null);
		},
		back() {
			const state = getState();
			if (state.screen === 'end') return show(state.stepId);
			const before = selectNeighbour(state, -1);
			if (before) show(before.id);
		},
		toExtra() {
			const [extra] = selectExtras(getState());
			if (extra) show(extra.id);
		},
		to(stepId) {
			if (selectSteps(getState()).some(({id}) => id === stepId)) show(stepId);
		},
	};
};
