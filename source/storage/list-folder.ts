import {lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import type {FolderEntry} from '../workshop/lint/folder-entry.js';

/** One thing below a folder. `path`: relative to it, `/` between its parts. `trouble`: why a folder can't be read. */
export type ListedEntry = Pick<FolderEntry, 'path' | 'kind' | 'trouble'> & {bytes: number};

/** All that stands below a folder, sorted by the bytes of its path. Links are not followed. */
export const listFolder = (folder: string): ListedEntry[] =>
	list(folder, '').sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

const list = (folder: string, below: string): ListedEntry[] =>
	readdirSync(path.join(folder, below)).flatMap(name => {
		const inner = below === '' ? name : `${below}/${name}`;
		const status = lstatSync(path.join(folder, inner));
		const entry = {path: inner, bytes: status.size, trouble: null};
		if (!status.isDirectory()) {
			return [{...entry, kind: status.isFile() ? 'file' : status.isSymbolicLink() ? 'link' : 'other'}];
		}
		try {
			return [{...entry, kind: 'folder'}, ...list(folder, inner)];
		} catch (error) {
			return [{...entry, kind: 'folder', trouble: messageOf(error)}];
		}
	});
