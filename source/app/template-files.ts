import path from 'node:path';
import {listFiles, readTextFile} from '../storage/files.js';

const folder = path.join(import.meta.dirname, 'template');

/**
 * The files of the workshop that `new` begins with: path → text. `test/tools/build.js` puts them into the program, which
 * is one file.
 */
export const templateFiles: ReadonlyMap<string, string> = new Map(
	listFiles(folder).map(file => [file, readTextFile(path.join(folder, file))]),
);
