import type {Verdict} from '../../checks/model.js';
import {selectStep} from '../../session/select/select.js';
import type {SessionState} from '../../session/state.js';

/** Answers whether something is under way that the learner should hear the end of before the next choice. */
export const createBusyWatch = (): ((state: SessionState) => boolean) => {
	// A challenge is judged anew after a run: until then its verdict is from before.
	let outdated: {stepId: string; verdict: Verdict | undefined} | null = null;
	return state => {
		const {stepId, screen, engine, challenges, runningStepId, question} = state;
		if (runningStepId !== null) {
			outdated = {stepId: runningStepId, verdict: challenges[runningStepId]};
			return question === null;
		}
		const isJudged = screen === 'step' && engine.status === 'ready' && selectStep(state).kind === 'challenge';
		if (question || !isJudged) return false;
		const verdict = challenges[stepId];
		const isOutdated = outdated?.stepId === stepId && outdated.verdict === verdict;
		return verdict === undefined || verdict.finding === 'waiting' || isOutdated;
	};
};
