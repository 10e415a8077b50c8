import type {Store} from './store.js';
import type {CurrentWorld} from './world.js';

/** Lets the doctor look at the machine, in the background; what an earlier look still finds is passed over. */
export const createExamination = ({dispatch}: Store, world: CurrentWorld): (() => void) => {
	let latest = 0;
	return () => {
		const mine = ++latest;
		dispatch({action: 'forget-findings'});
		void world().examine(finding => {
			if (mine === latest) dispatch({action: 'add-finding', finding});
		});
	};
};
