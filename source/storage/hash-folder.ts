import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {listFiles} from './list-files.js';

/** SHA-256 (hexadecimal) of all files of a folder and of their paths in it. Throws when one can't be read. */
export const hashFolder = (folder: string): string => {
	const hash = createHash('sha256');
	for (const file of listFiles(folder)) {
		const bytes = readFileSync(path.join(folder, ...file.split('/')));
		// Lengths keep apart what stands side by side.
		hash.update(`${Buffer.byteLength(file)}:${file}:${bytes.length}:`).update(bytes);
	}
	return hash.digest('hex');
};
