import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import {UserError} from '../text/user-error.js';

/**
 * Where the lab files go: `dir`, or a folder here that is called like the workshop. Never into the workshop's own
 * folder: its author's files would be taken for copies, and clean-up removes those. Throws a `UserError` for a `dir`
 * that lies there.
 */
export const chooseLab = (dir: string | null, {id, folder}: {id: string; folder: string}): string => {
	if (dir === null) return isInside(id, folder) ? `${folder}-lab` : id;
	if (!isInside(dir, folder)) return dir;
	throw new UserError(
		`${path.resolve(dir)} belongs to the workshop itself, so the lab files can’t go there.`,
		{
			next: 'choose another folder with `--dir <folder>`',
			exitCode: 2,
		},
	);
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
