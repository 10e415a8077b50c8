import type {RunFact, Verdict} from '../../checks/model.js';
import type {Step} from '../../workshop/model.js';
import {selectStep} from '../select/select.js';
import type {Store} from '../store.js';
import type {CurrentWorld, SessionParts} from '../world.js';
import {watchChallenge} from './watch-challenge.js';

export type Judge = {
	/** Watches the challenge that is shown now, and none when none is. */
	followShown(): void;
	judgeAgain(): void;
	stop(): void;
};

/** The judge follows the screen: it wakes when a challenge comes into view, and sleeps when it goes. */
export const createJudge = (
	{getState, dispatch}: Store,
	{lab}: SessionParts,
	world: CurrentWorld,
	desk: {lastRun(stepId: string): RunFact | null; lastProof(stepId: string): Verdict | null},
): Judge => {
	let watching: {step: Step; abort: AbortController; judgeAgain(): void} | null = null;
	const stop = () => {
		watching?.abort.abort();
		watching = null;
	};
	return {
		stop,
		judgeAgain: () => watching?.judgeAgain(),
		followShown() {
			const state = getState();
			const step = selectStep(state);
			const shown = state.screen === 'step' && state.engine.status === 'ready' && step.kind === 'challenge';
			// A step that was read anew has other checks.
			if (shown && watching?.step === step) return;
			stop();
			if (!shown) return;
			const abort = new AbortController();
			const {judgeAgain} = watchChallenge(step, {
				engine: world().engine,
				lab,
				lastRun: () => desk.lastRun(step.id),
				lastProof: () => desk.lastProof(step.id),
				replay: world().replay,
				onVerdict(verdict) {
					dispatch({action: 'judge-challenge', stepId: step.id, verdict});
					dispatch({action: 'judge-step', stepId: step.id, verdict, at: new Date().toISOString()});
				},
				signal: abort.signal,
			});
			watching = {step, abort, judgeAgain};
		},
	};
};
