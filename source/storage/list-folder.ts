import {isUtf8} from 'node:buffer';
import {lstatSync, readdirSync, type Stats} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import type {FolderEntry} from '../workshop/lint/folder-entry.js';

/** One thing below a folder. `path`: relative to it, `/` between its parts. `trouble`: why a folder can't be read. */
export type ListedEntry = Pick<FolderEntry, 'path' | 'kind' | 'bytes' | 'trouble'>;

/** All that stands below a folder, sorted by the bytes of its path. Links are not followed. Throws when the folder can't be read. */
export const listFolder = (folder: string): ListedEntry[] =>
	list(folder, '').sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

const list = (folder: string, below: string): ListedEntry[] =>
	readdirSync(path.join(folder, below), {encoding: 'buffer'}).flatMap(bytes => {
		const name = bytes.toString('utf8');
		const inner = below === '' ? name : `${below}/${name}`;
		const unreadable = (trouble: string): ListedEntry[] => [{path: inner, bytes: 0, kind: 'other', trouble}];
		if (!isUtf8(bytes)) return unreadable('its name is not UTF-8');
		let status: Stats;
		try {
			status = lstatSync(path.join(folder, inner));
		} catch (error) {
			return unreadable(messageOf(error));
		}
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
