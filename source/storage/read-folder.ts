import {isUtf8} from 'node:buffer';
import {readlinkSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import type {FolderEntry} from '../workshop/lint/folder-entry.js';
import {type ListedEntry, listFolder} from './list-folder.js';
import {mostText, readPlainFile} from './plain-file.js';

/** All that stands below a folder, sorted by path, with the texts. Links are not followed, and what can't be read says so. */
export const readFolder = (folder: string): FolderEntry[] =>
	listFolder(folder).map(entry => readEntry(path.join(folder, entry.path), entry));

const readEntry = (file: string, {path: inner, kind, bytes, trouble}: ListedEntry): FolderEntry => {
	const entry: FolderEntry = {path: inner, kind, bytes, text: null, trouble, target: null};
	try {
		if (kind === 'link') return {...entry, target: readlinkSync(file)};
		return kind === 'file' && bytes <= mostText ? {...entry, text: readText(file)} : entry;
	} catch (error) {
		return {...entry, trouble: messageOf(error)};
	}
};

/** Null for what is no text. */
const readText = (file: string): string | null => {
	const bytes = readPlainFile(file, mostText);
	return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : null;
};
