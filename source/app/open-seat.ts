import {hashWorkshop} from '../pack/pack-files.js';
import {createSeatLink} from '../seat/seat-link.js';
import {createSeatStore} from '../seat/seat-store.js';
import type {Classroom} from '../session/ports.js';
import {stateFolder} from '../storage/state-folder.js';
import type {OpenWorkshop} from './open-workshop.js';

/** The class that the learner has joined; null if none, or if it is about other workshops. */
export const openSeat = ({workshop, folder}: OpenWorkshop): Classroom | null => {
	const store = createSeatStore(stateFolder());
	const joined = store.load();
	if (!joined?.workshops.some(({id}) => id === workshop.id)) return null;
	return createSeatLink(joined, {store, hash: () => hashWorkshop(folder), resultsAfter: () => []});
};
