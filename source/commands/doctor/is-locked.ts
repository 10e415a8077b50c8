import {accessSync, constants, existsSync} from 'node:fs';
import path from 'node:path';

/** Whether nothing can be written to a folder, which need not be there yet. */
export const isLocked = (folder: string): boolean => {
	const parent = path.dirname(folder);
	if (!existsSync(folder) && parent !== folder) return isLocked(parent);
	try {
		accessSync(folder, constants.W_OK | constants.X_OK);
		return false;
	} catch {
		return true;
	}
};
