import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';

/** Files below a folder, in order, relative to it, `/` between parts; links are not followed. */
export const listFiles = (root: string, below = ''): string[] =>
	readdirSync(path.join(root, below))
		.sort()
		.flatMap(name => {
			const inner = below === '' ? name : `${below}/${name}`;
			const kind = lstatSync(path.join(root, inner));
			if (kind.isDirectory()) return listFiles(root, inner);
			return kind.isFile() ? [inner] : [];
		});
