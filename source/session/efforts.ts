import type {Effort} from './passed-steps.js';
import {judgeRun} from './predictions.js';
import {selectSteps} from './select.js';
import type {RunView, SessionState} from './state.js';

type Efforts = SessionState['efforts'];

const noEffort: Effort = {seconds: 0, attempts: 0, prediction: null};

const change = (efforts: Efforts, stepId: string, part: (before: Effort) => Partial<Effort>): Efforts => {
	const before = efforts[stepId] ?? noEffort;
	return {...efforts, [stepId]: {...before, ...part(before)}};
};

/** Counts a run that was judged. */
export const addAttempt = ({efforts}: SessionState, stepId: string): Efforts =>
	change(efforts, stepId, ({attempts}) => ({attempts: attempts + 1}));

/**
 * Adds the time of a step that is no longer shown, and begins to count that of the shown one. `at`: milliseconds on a
 * monotonic clock.
 */
export const countTime = (state: SessionState, at: number): SessionState => {
	const {screen, stepId, ending, shownSince} = state;
	const shown = screen === 'step' && ending === null ? stepId : null;
	if (shown === (shownSince?.stepId ?? null)) return state;
	return {
		...state,
		efforts: selectEfforts(state, at),
		shownSince: shown === null ? null : {stepId: shown, at},
	};
};

/** All efforts, with the time of the shown step up to now. `at`: milliseconds on the clock of `shownSince`. */
export const selectEfforts = ({efforts, shownSince}: SessionState, at: number): Efforts =>
	shownSince === null
		? efforts
		: change(efforts, shownSince.stepId, ({seconds}) => ({
				seconds: seconds + Math.max(0, at - shownSince.at) / 1000,
			}));

/** Records whether the learner's prediction was right, by the first run that answers it. */
export const recordPrediction = (state: SessionState, run: RunView): Efforts => {
	const {efforts, predictions} = state;
	const step = selectSteps(state).find(({id}) => id === run.stepId);
	if (!step || efforts[step.id]?.prediction) return efforts;
	const isRight = judgeRun(step, predictions[step.id] ?? [], run)?.isRight ?? null;
	if (isRight === null) return efforts;
	return change(efforts, step.id, () => ({prediction: isRight ? 'right' : 'wrong'}));
};
