import {type Intent, isPossible, selectPrimaryIntent} from '../../../source/session/intents.js';
import type {SessionState} from '../../../source/session/state.js';
import type {FakeSession} from './open-fake-session.js';

/** The next intent of a learner who follows what is offered; null while something runs. */
const nextIntent = (state: SessionState): Intent | null => {
	if (state.runningStepId !== null && !state.question) return null;
	const primary = selectPrimaryIntent(state);
	if (primary) return primary;
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
