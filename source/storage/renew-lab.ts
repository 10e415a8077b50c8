import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

/**
 * Brings files of the lab folder up to a workshop that has changed: a copy that is still as it was given out gives way to
 * the new version; one that was changed stays. `before`, `after`: sha256 of the workshop's files, by path.
 */
export const renewLab = (
	{workshop, lab}: {workshop: string; lab: string},
	before: ReadonlyMap<string, string>,
	after: ReadonlyMap<string, string>,
): void => {
	for (const [file, hash] of after) {
		const copy = path.join(lab, file);
		if (before.get(file) === hash || !existsSync(copy)) continue;
		const given = createHash('sha256').update(readFileSync(copy)).digest('hex');
		if (given === before.get(file)) copyFileSync(path.join(workshop, file), copy);
	}
};
