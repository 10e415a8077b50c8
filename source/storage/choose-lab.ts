import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {UserError} from '../text/user-error.js';
import {isPlainFolder} from './workshop-files.js';

/** What tells where the lab files of a workshop go. */
type LabOwner = {
	id: string;
	/** The workshop's own folder. */
	folder: string;
	contexts: string[];
	/** The lab folders that its progress names, absolute; the one to prefer first. */
	known: string[];
};

/**
 * Where the lab files go. In this order: `dir`; the lab folder that the current folder is, or is inside; a folder here
 * that is named after the workshop; the lab folder of an earlier session; a new folder here. Never the workshop's own
 * folder: its author's files would be taken for copies, and clean-up removes those. Throws a `UserError` for a `dir`
 * that lies there. `here`: the current folder, absolute.
 */
export const chooseLab = (dir: string | null, owner: LabOwner, here = process.cwd()): string => {
	const {id, folder, contexts, known} = owner;
	if (dir === null) {
		const fresh = isInside(path.resolve(here, id), folder) ? `${folder}-lab` : id;
		const earlier = known.filter(place => isLab(place, contexts) && !isInside(place, folder));
		const around = ancestors(here).find(
			place =>
				earlier.some(one => realPath(one) === realPath(place)) ||
				(path.basename(place) === path.basename(fresh) &&
					isLab(place, contexts) &&
					contexts.length > 0 &&
					!existsSync(path.join(place, 'workshop.md')) &&
					!isInside(place, folder)),
		);
		if (around !== undefined) return around;
		return existsSync(path.resolve(here, fresh)) ? fresh : (earlier[0] ?? fresh);
	}
	if (!isInside(dir, folder)) return dir;
	throw new UserError(
		`${path.resolve(dir)} belongs to the workshop itself, so the lab files can’t go there.`,
		{
			next: 'choose another folder with `--dir <folder>`',
			exitCode: 2,
		},
	);
};

/** Whether a folder has lab files: clean-up leaves none behind. */
const isLab = (place: string, contexts: string[]): boolean =>
	isPlainFolder(place) &&
	(contexts.length === 0 || contexts.some(context => isPlainFolder(path.join(place, context))));

/** A folder and all folders that it is in, from the inside out. */
const ancestors = (place: string): string[] => {
	const above = path.dirname(place);
	return above === place ? [place] : [place, ...ancestors(above)];
};

const isInside = (inner: string, outer: string): boolean => {
	const between = path.relative(realPath(path.resolve(outer)), realPath(path.resolve(inner)));
	return between === '' || !(between.split(path.sep)[0] === '..' || path.isAbsolute(between));
};

/** As far as it is there: links and other spellings lead to the same place. */
const realPath = (place: string): string =>
	existsSync(place) || path.dirname(place) === place
		? realpathSync.native(place)
		: path.join(realPath(path.dirname(place)), path.basename(place));
