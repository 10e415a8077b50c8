import {UserError} from '../../text/user-error.js';
import type {LabFolder} from '../ports.js';

/** Makes sure that the lab folder is there; one sentence when it can't be written, else null. */
export const ensureLab = (lab: Pick<LabFolder, 'ensure'>): string | null => {
	try {
		lab.ensure();
		return null;
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return error.next ? `${error.message} Next: ${error.next}.` : error.message;
	}
};
