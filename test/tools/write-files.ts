import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Writes files to a folder: relative path with `/` separators → text. */
export const writeFiles = (folder: string, files: Record<string, string>): void => {
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(path.join(folder, path.dirname(file)), {recursive: true});
		writeFileSync(path.join(folder, file), text);
	}
};
