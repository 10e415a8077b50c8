import {hashWorkshop} from '../pack/pack-files.js';
import {hasHandedIn} from '../seat/joined.js';
import {createSeatLink} from '../seat/seat-link.js';
import {createSeatStore} from '../seat/seat-store.js';
import type {Classroom} from '../session/ports.js';
import {createResultsStore} from '../storage/results-store.js';
import {stateFolder} from '../storage/state-folder.js';
import type {OpenWorkshop} from './open-workshop.js';

/** The class that the learner has joined; null if none, or if it is about other workshops. */
export const openSeat = ({workshop, folder}: OpenWorkshop): Classroom | null => {
	const store = createSeatStore(stateFolder());
	const joined = store.load();
	if (!joined?.workshops.some(({id}) => id === workshop.id)) return null;
	const results = createResultsStore(stateFolder());
	return createSeatLink(joined, {
		store,
		hash: () => hashWorkshop(folder),
		handedIn: () => hasHandedIn(stateFolder(), joined.class.id),
		resultsAfter: count => results.load().filter(({number}) => number > count),
	});
};
