import {countOf} from '../text/count-of.js';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import {cleanupCommand} from './select/cleanup-command.js';
import {selectCleanup} from './select/select.js';
import type {SessionState} from './state.js';
import type {Store} from './store.js';
import type {World} from './world.js';

const cutOff = (left: number, state: SessionState): string =>
	`An earlier session was interrupted and left ${countOf(left, 'thing')} on the engine: \`${cleanupCommand(state)}\` lists and removes what is the workshop’s${selectCleanup(state) ? ', as its last chapter does' : ''}.`;

/** Asks the engine who it is, in the background. Never rejects. */
export const connect = async ({getState, dispatch}: Store, world: World): Promise<void> => {
	dispatch({action: 'see-engine', engine: {status: 'connecting'}});
	const engines = world.replay?.engines;
	if (engines) dispatch({action: 'see-replay', replay: {pace: 1, engines, ...getState().replay}});
	try {
		const identity = await world.engine.identity();
		dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
		const left = world.leftBehind();
		if (left > 0 && getState().notice === null)
			dispatch({action: 'show-notice', notice: cutOff(left, getState())});
	} catch (error) {
		const reason = messageOf(error);
		const next = error instanceof UserError ? error.next : null;
		dispatch({action: 'see-engine', engine: {status: 'missing', reason, next, isSlow: isSlow(error)}});
	}
};

/** As requests to the engine and commands tell that they were given up. */
const isSlow = (error: unknown): boolean => {
	const {code, timedOut} = (error instanceof UserError ? error.cause : error) as {
		code?: string;
		timedOut?: boolean;
	};
	return code === 'ETIMEDOUT' || timedOut === true;
};
