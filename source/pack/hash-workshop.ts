import {combineHashes, hashFolder} from '../storage/hash-folder.js';

/** Whether a file is one of those that file managers leave in each folder that they show. */
export const isLitter = (file: string): boolean =>
	/(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i.test(file);

/** The hash of a workshop's folder, without what is no part of it. Throws a `UserError` when it can't be read. */
export const hashWorkshop = (folder: string): string =>
	combineHashes([...hashFolder(folder).files].filter(([file]) => !isLitter(file)));
