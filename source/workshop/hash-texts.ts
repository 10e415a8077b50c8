import {createHash} from 'node:crypto';

/** SHA-256 of texts with their names, in any order of theirs, in hex. */
export const hashTexts = (texts: ReadonlyMap<string, string>): string =>
	createHash('sha256')
		.update(JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1))))
		.digest('hex');
