import {cpSync, existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {LabFolderOnDisk} from '../storage/lab-folder.js';
import type {OpenWorkshop} from './open-workshop.js';

/**
 * Does something with the lab files as they are shipped, or as they are in the folder `from`, in a temporary folder that
 * is removed afterwards.
 */
export const inFreshLab = async <Result>(
	{labIn, workshop}: OpenWorkshop,
	action: (lab: LabFolderOnDisk) => Promise<Result>,
	from: string | null = null,
): Promise<Result> => {
	const folder = mkdtempSync(path.join(tmpdir(), `${workshop.id}-`));
	try {
		if (from !== null && existsSync(from)) cpSync(from, folder, {recursive: true, verbatimSymlinks: true});
		const lab = labIn(folder);
		lab.ensure();
		return await action(lab);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};
