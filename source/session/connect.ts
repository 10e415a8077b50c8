import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import type {Store} from './store.js';
import type {World} from './world.js';

/** Asks the engine who it is, in the background. Never rejects. */
export const connect = async ({dispatch}: Store, world: World): Promise<void> => {
	dispatch({action: 'see-engine', engine: {status: 'connecting'}});
	try {
		const identity = await world.engine.identity();
		dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
	} catch (error) {
		const reason = messageOf(error);
		const next = error instanceof UserError ? error.next : null;
		dispatch({action: 'see-engine', engine: {status: 'missing', reason, next}});
	}
};
