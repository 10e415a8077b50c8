import prettyBytes from 'pretty-bytes';
import {findHidden, spellOutName} from '../../text/spell-out.js';
import {chapterIdOf} from '../parse-workshop.js';
import type {FolderEntry} from './folder-entry.js';
import type {LintSubject} from './lint-subject.js';

/** Folders that mean something to the program. */
const ownFolders = new Set(['solutions', 'attempts', 'recordings']);
const companions = /^((readme|licen[cs]e|changelog)(\.\w+)?|\.gitignore|\.gitattributes)$/i;

/** What stands in the folder and is of no use there, and what can't be read. */
export const lintEntries = ({entries, draft, report}: LintSubject): void => {
	for (const entry of entries.values()) {
		const trouble = troubleOf(entry);
		lintHidden(entry, report);
		if (trouble) report(entry.path, trouble);
		else if (!entry.path.includes('/')) {
			const stray = strayName(entry, draft.cover?.value.contexts ?? null);
			if (stray) report(entry.path, stray);
		}
	}
};

const troubleOf = ({path, kind, bytes, text, trouble, target}: FolderEntry): string | null => {
	if (kind === 'link') {
		return leavesFolder(path, target ?? '')
			? `is a link that leaves the folder: it points at ${target}`
			: 'is a link, which learners would not get: put the file itself here';
	}
	if (trouble) return `can’t be read: ${trouble}`;
	if (kind === 'other') return 'is no file';
	if (spellOutName(path) !== path) return 'has an invisible character in its name';
	const name = path.split('/').at(-1) ?? path;
	const mustBeText =
		kind === 'file' && (!path.includes('/') || name === 'run.yaml' || name.endsWith('.jsonl'));
	if (!mustBeText || text !== null || !/\.(md|yaml|jsonl)$/.test(name)) return null;
	return bytes > mostText
		? `is too large: it has ${prettyBytes(bytes)}, and at most ${prettyBytes(mostText)} are read`
		: 'is no text in UTF-8';
};

/** Bytes; no page comes near it. */
const mostText = 4 * 1024 * 1024;

/** Text that learners read or that is run must be what it looks like. */
const lintHidden = ({path, text}: FolderEntry, report: LintSubject['report']): void => {
	if (text === null || !/(?:\.md|\.yaml|Dockerfile[^/]*)$/.test(path)) return;
	const hidden = findHidden(text);
	if (hidden)
		report(path, `has the character ${hidden.name} here, which makes text look like another`, hidden);
};

/** Whether a link's target lies outside, told by the names alone. */
const leavesFolder = (path: string, target: string): boolean => {
	if (/^([/\\]|[a-z]:)/i.test(target)) return true;
	let depth = path.split('/').length - 1;
	for (const part of target.split(/[\\/]/)) {
		if (part === '..') depth--;
		else if (part !== '.' && part !== '') depth++;
		if (depth < 0) return true;
	}
	return false;
};

/** `contexts`: null when they are not known. */
const strayName = ({path, kind}: FolderEntry, contexts: string[] | null): string | null => {
	const isKnownFile = path === 'workshop.md' || chapterIdOf(path) !== null;
	if (isKnownFile && kind === 'folder') return 'is a folder, and the program reads a file of this name';
	if (isKnownFile || companions.test(path)) return null;
	if (kind === 'file' && path.endsWith('.md'))
		return 'is no chapter: the file of a chapter is called like `01-first.md`';
	if (kind === 'folder' && ownFolders.has(path)) return null;
	const mayBeContext = contexts
		? contexts.some(context => context.split('/')[0] === path)
		: kind === 'folder';
	if (mayBeContext) return null;
	return kind === 'folder'
		? 'is a stray folder: no context of workshop.md is called so'
		: 'is a stray file: nothing of the workshop refers to it';
};
