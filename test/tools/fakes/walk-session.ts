import {type Intent, isPossible, selectPrimaryIntent} from '../../../source/session/intents.js';
import {selectIsBegun, selectStep} from '../../../source/session/select.js';
import type {SessionState} from '../../../source/session/state.js';
import type {FakeSession} from './open-fake-session.js';

/** Whether an intent has an answer of the learner's own judged. */
const asksForAnswer = ({intent}: Intent, state: SessionState): boolean => {
	const step = selectStep(state);
	return intent === 'run' && step.judge.length > 0 && selectIsBegun(state, step);
};

/**
 * The next intent of a learner who follows what is offered, and looks at all help and the solution where an answer is
 * asked for; null while something runs.
 */
const nextIntent = (state: SessionState): Intent | null => {
	if (state.runningStepId !== null && !state.question) return null;
	const primary = selectPrimaryIntent(state);
	// Somebody who knows what belongs into the blanks.
	if (primary?.intent === 'edit-command') return {intent: 'run-line', line: selectStep(state).command};
	if (primary && !asksForAnswer(primary, state)) return primary;
	if (isPossible(state, 'run-solution')) return {intent: 'run-solution'};
	return isPossible(state, 'reveal-hint') ? {intent: 'reveal-hint'} : null;
};

/**
 * Follows what a workshop offers until `until` holds, by default up to the last page. `onState` receives each state
 * before the next intent.
 */
export const walkSession = async (
	session: FakeSession,
	{
		until = ({screen}) => screen === 'end',
		onState = () => {},
	}: {until?: (state: SessionState) => boolean; onState?: (state: SessionState) => void} = {},
): Promise<SessionState> => {
	for (;;) {
		await session.until(shown => until(shown) || nextIntent(shown) !== null, 'a choice');
		// The next step may start right after the end of a step.
		const state = session.getState();
		onState(state);
		const intent = nextIntent(state);
		if (until(state)) return state;
		if (intent) session.send(intent);
	}
};
