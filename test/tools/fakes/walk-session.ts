import {type Intent, isPossible, selectPrimaryIntent} from '../../../source/session/intents.js';
import type {SessionState} from '../../../source/session/state.js';
import type {FakeSession} from './open-fake-session.js';

/** What a learner does next who looks at nothing but what is offered; null: something is under way. */
const nextIntent = (state: SessionState): Intent | null => {
	if (state.runningStepId !== null && !state.question) return null;
	const primary = selectPrimaryIntent(state);
	if (primary) return primary;
	if (isPossible(state, 'run-solution')) return {intent: 'run-solution'};
	return isPossible(state, 'reveal-hint') ? {intent: 'reveal-hint'} : null;
};

/**
 * Goes through a workshop by what is offered, until `until` holds, at the latest on the last page. `onState` sees each
 * state before something is done in it.
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
		// The end of a step may be followed at once by the next one.
		const state = session.getState();
		onState(state);
		const intent = nextIntent(state);
		if (until(state)) return state;
		if (intent) session.send(intent);
	}
};
