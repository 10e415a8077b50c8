import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {listFiles} from './list-files.js';

/** A hash of the names and contents of all files in some folders below `root`. */
export const fingerprintOf = (root: string, folders: string[]): string => {
	const hash = createHash('sha256');
	for (const folder of folders.filter(one => existsSync(path.join(root, one)))) {
		for (const file of listFiles(root, folder)) {
			const bytes = readFileSync(path.join(root, ...file.split('/')));
			hash.update(`${file}\n${bytes.length}\n`).update(bytes);
		}
	}
	return hash.digest('hex');
};
