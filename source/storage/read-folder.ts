import {isUtf8} from 'node:buffer';
import {lstatSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import type {FolderEntry} from '../workshop/lint/folder-entry.js';

/** Bytes: what is larger is no text that anybody wrote. */
const largestText = 4 * 1024 * 1024;

/** All that stands below a folder, sorted by path. Links are not followed, and what can't be read says so. */
export const readFolder = (folder: string): FolderEntry[] =>
	readdirSync(folder)
		.flatMap(name => readEntry(folder, name))
		.sort((a, b) => (a.path < b.path ? -1 : 1));

const readEntry = (folder: string, inner: string): FolderEntry[] => {
	const file = path.join(folder, ...inner.split('/'));
	const entry: FolderEntry = {path: inner, kind: 'other', text: null, trouble: null, target: null};
	try {
		const kind = lstatSync(file);
		if (kind.isSymbolicLink()) return [{...entry, kind: 'link', target: readlinkSync(file)}];
		if (kind.isFile())
			return [{...entry, kind: 'file', text: kind.size > largestText ? null : readText(file)}];
		if (!kind.isDirectory()) return [entry];
		const below = readdirSync(file).flatMap(name => readEntry(folder, `${inner}/${name}`));
		return [{...entry, kind: 'folder'}, ...below];
	} catch (error) {
		return [{...entry, kind: 'file', trouble: messageOf(error)}];
	}
};

/** Null for what is no text. */
const readText = (file: string): string | null => {
	const bytes = readFileSync(file);
	return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
};
