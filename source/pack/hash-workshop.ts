import {combineHashes, hashFolder} from '../storage/hash-folder.js';

/** What file managers leave in each folder that they show. */
const litter = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

/** The hash of a workshop's folder, without what is no part of it. Throws a `UserError` when it can't be read. */
export const hashWorkshop = (folder: string): string =>
	combineHashes([...hashFolder(folder).files].filter(([file]) => !litter.test(file)));
