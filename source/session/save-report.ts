import {UserError} from '../text/user-error.js';
import type {Store} from './store.js';
import type {SessionParts} from './world.js';

/** Writes what was done and learnt to a new file, and says where or why not. Never rejects for want of a place. */
export const saveReport = async (
	{getState, dispatch}: Store,
	{saveReport: save}: Pick<SessionParts, 'saveReport'>,
): Promise<void> => {
	try {
		const file = await save(getState());
		dispatch({action: 'show-notice', notice: `What you did and learnt is in \`${file}\`.`, isGood: true});
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		dispatch({action: 'show-notice', notice: error.message});
	}
};
