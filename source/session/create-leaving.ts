import type {Asker} from './create-asker.js';
import type {Desk} from './create-desk.js';
import type {Judge} from './perform/create-judge.js';
import {quitQuestion, summarise} from './select/summarise.js';
import type {Store} from './store.js';

export type Leaving = {
	/** Cancels what runs, waits for its end, and ends the session. */
	shutDown(): Promise<void>;
	/** The same, once the learner is sure. */
	quit(): Promise<void>;
};

/** The ways out of a session. */
export const createLeaving = (
	{getState, dispatch}: Store,
	{asker, judge, desk, filer}: {asker: Asker; judge: Judge; desk: Desk; filer: {stop(): void}},
): Leaving => {
	const shutDown = async (): Promise<void> => {
		asker.answer('no');
		judge.stop();
		filer.stop();
		try {
			await desk.stop();
		} finally {
			dispatch({action: 'end', summary: summarise(getState())});
		}
	};
	let isAsking = false;
	const isSure = async (): Promise<boolean> => {
		const state = getState();
		if (state.screen !== 'step') return true;
		isAsking = true;
		const answer = await asker.ask(quitQuestion(state));
		isAsking = false;
		return answer === 'yes';
	};
	return {
		shutDown,
		async quit() {
			// Whoever wants to leave while being asked is sure.
			if (isAsking) asker.answer('yes');
			else if (await isSure()) await shutDown();
		},
	};
};
