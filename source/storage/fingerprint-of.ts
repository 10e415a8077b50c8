import {createHash} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {listFolder} from './list-folder.js';

/** A hash of the names and contents of all files in some folders below `root`; of what can't be read, of its name. */
export const fingerprintOf = (root: string, folders: string[]): string => {
	const hash = createHash('sha256');
	for (const folder of folders.filter(one => existsSync(path.join(root, one)))) {
		for (const {path: inner, kind, bytes} of listFolder(path.join(root, folder))) {
			hash.update(`${folder}/${inner}\n${kind}\n${bytes}\n`);
			if (kind === 'file') hash.update(contentsOf(path.join(root, folder, inner)));
		}
	}
	return hash.digest('hex');
};

const contentsOf = (file: string): Buffer => {
	try {
		return readFileSync(file);
	} catch {
		return Buffer.alloc(0);
	}
};
