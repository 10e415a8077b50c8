import {UserError} from '../../text/user-error.js';
import {describeError, formatCount} from '../../text/wording.js';
import type {Backend, CurrentBackend} from '../run-context.js';
import {cleanupCommand, selectCleanup} from '../select.js';
import type {Intent, SessionState} from '../state.js';
import type {Store} from '../store.js';

const interruptedNotice = (left: number, state: SessionState): string =>
	`An earlier session was interrupted and left ${formatCount(left, 'thing')} on the engine: \`${cleanupCommand(state)}\` lists and removes what is the workshop’s${selectCleanup(state) ? ', as its last chapter does' : ''}.`;

/** Asks the engine who it is, in the background. Never rejects. */
export const identifyEngine = async ({getState, dispatch}: Store, backend: Backend): Promise<void> => {
	dispatch({action: 'see-engine', engine: {status: 'connecting'}});
	const engines = backend.replay?.engines;
	if (engines) dispatch({action: 'see-replay', replay: {pace: 1, engines, ...getState().replay}});
	try {
		const identity = await backend.engine.identity();
		dispatch({action: 'see-engine', engine: {status: 'ready', identity}});
		const left = backend.leftBehind();
		if (left > 0 && getState().notice === null)
			dispatch({action: 'show-notice', notice: interruptedNotice(left, getState())});
	} catch (error) {
		const reason = describeError(error);
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

/** Lets the doctor look at the machine, in the background; what an earlier look still finds is passed over. */
export const createDoctorRun = ({dispatch}: Store, backend: CurrentBackend): (() => void) => {
	let latest = 0;
	return () => {
		const mine = ++latest;
		dispatch({action: 'forget-findings'});
		void backend().examine(finding => {
			if (mine === latest) dispatch({action: 'add-finding', finding});
		});
	};
};

/** Times as fast as recorded; after the last comes the first again. */
const paces = [1, 4, 16];

type ReplayHandlers = {
	[Name in Extract<Intent['intent'], 'play-faster' | 'skip-to-end' | 'next-recording'>]: () => void;
};

/** What learners can do with a recording that plays. `meetEngine`: looks again whose recording it is. */
export const createReplayHandlers = (
	{getState, dispatch}: Store,
	backend: CurrentBackend,
	meetEngine: () => void,
): ReplayHandlers => ({
	'play-faster': () => {
		const {replay} = getState();
		if (!replay) return;
		const pace = paces[(paces.indexOf(replay.pace) + 1) % paces.length] ?? 1;
		backend().replay?.setPace(pace);
		dispatch({action: 'see-replay', replay: {...replay, pace}});
	},
	'skip-to-end': () => backend().replay?.skipToEnd(),
	'next-recording': () => {
		backend().replay?.nextEngine();
		meetEngine();
	},
});
