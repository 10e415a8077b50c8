import type {Intent} from './state.js';
import type {Store} from './store.js';
import type {CurrentWorld} from './world.js';

/** Times as fast as recorded; after the last comes the first again. */
const paces = [1, 4, 16];

type Handlers = {
	[Name in Extract<Intent['intent'], 'play-faster' | 'skip-to-end' | 'next-recording'>]: () => void;
};

/** What learners can do with a recording that plays. `meetEngine`: looks again whose recording it is. */
export const controlReplay = (
	{getState, dispatch}: Store,
	world: CurrentWorld,
	meetEngine: () => void,
): Handlers => ({
	'play-faster': () => {
		const {replay} = getState();
		if (!replay) return;
		const pace = paces[(paces.indexOf(replay.pace) + 1) % paces.length] ?? 1;
		world().replay?.setPace(pace);
		dispatch({action: 'see-replay', replay: {...replay, pace}});
	},
	'skip-to-end': () => world().replay?.skipToEnd(),
	'next-recording': () => {
		world().replay?.nextEngine();
		meetEngine();
	},
});
