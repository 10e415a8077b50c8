import prettyBytes from 'pretty-bytes';
import {normalizeImageName} from '../../docker/image-ref.js';
import {messages} from '../../messages/index.js';
import {lintDockerfile} from '../../stages/dockerfile/lint-dockerfile.js';
import {maxIdLength} from '../../text/limits.js';
import {escapeHiddenInName, explainWindowsName, findHiddenCharacter} from '../../text/terminal-text.js';
import {parseChapterId} from '../parse-workshop.js';
import type {Position} from '../problems.js';
import {isInContext} from '../steps.js';
import type {FolderEntry, LintSubject} from './subject.js';

/** Folders that the program itself reads. */
const ownFolders = new Set(['solutions', 'attempts', 'broken', 'recordings']);
const companions = /^((readme|licen[cs]e|changelog)(\.\w+)?|\.gitignore|\.gitattributes)$/i;

/** Reports unreadable entries, and those that have no use in a workshop's folder. */
export const lintEntries = ({entries, contexts, report}: LintSubject): void => {
	for (const entry of entries.values()) {
		const trouble = findEntryProblem(entry);
		lintHidden(entry, report);
		if (trouble) report(entry.path, trouble);
		else if (!entry.path.includes('/')) {
			const stray = describeStray(entry, contexts);
			if (stray) report(entry.path, stray);
		}
	}
};

const findEntryProblem = ({path, kind, bytes, text, trouble, target}: FolderEntry): string | null => {
	const say = messages.workshop.file;
	if (kind === 'link') return leavesFolder(path, target ?? '') ? say.linkOutside(target ?? '') : say.link;
	if (trouble) return say.unreadable(trouble);
	if (kind === 'other') return say.notAFile;
	if (escapeHiddenInName(path) !== path) return say.invisibleName;
	const name = path.split('/').at(-1) ?? path;
	const mustBeText =
		kind === 'file' && (!path.includes('/') || name === 'run.yaml' || name.endsWith('.jsonl'));
	if (!mustBeText || text !== null || !/\.(md|yaml|jsonl)$/.test(name)) return null;
	return bytes > maxTextBytes ? say.tooLarge(prettyBytes(bytes), prettyBytes(maxTextBytes)) : say.notText;
};

/** Bytes; far more than any page has. */
const maxTextBytes = 4 * 1024 * 1024;

/** Text that learners read or that is run must not contain hidden characters. */
const lintHidden = ({path, text}: FolderEntry, report: LintSubject['report']): void => {
	if (text === null || !/(?:\.md|\.yaml|Dockerfile[^/]*)$/.test(path)) return;
	const hidden = findHiddenCharacter(text);
	if (hidden) report(path, messages.workshop.file.hiddenCharacter(hidden.name), hidden);
};

/** Whether a link's target is outside of the folder, judging by its path alone. */
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

/** Why an entry at the top level has no use; null if it has one. `contexts`: null if unknown. */
const describeStray = ({path, kind}: FolderEntry, contexts: string[] | null): string | null => {
	const say = messages.workshop.file;
	const isKnownFile = path === 'workshop.md' || parseChapterId(path) !== null;
	if (isKnownFile && kind === 'folder') return say.folderForFile;
	if (isKnownFile || companions.test(path)) return null;
	if (kind === 'file' && path.endsWith('.md')) return say.notAChapter;
	if (kind === 'folder' && ownFolders.has(path)) return null;
	const mayBeContext = contexts
		? contexts.some(context => context.split('/')[0] === path)
		: kind === 'folder';
	if (mayBeContext) return null;
	return kind === 'folder' ? say.strayFolder : say.stray;
};

/** Reports names that some systems don't support. Ids count too, as they become file names. */
export const lintNames = ({entries, draft, steps, report}: LintSubject): void => {
	const {cover} = draft;
	const {workshopIdAsName, chapterIdAsName, longChapterId, stepIdAsName, sameButCase} =
		messages.workshop.file;
	const lintId = (say: typeof stepIdAsName, id: string, file: string, place?: Position) => {
		const why = explainWindowsName(id);
		if (why) report(file, say(id, why), place);
	};
	if (cover) lintId(workshopIdAsName, cover.value.id, 'workshop.md', cover.locate('id'));
	for (const {id, file} of draft.chapters) {
		lintId(chapterIdAsName, id, file);
		if (id.length > maxIdLength) report(file, longChapterId(maxIdLength));
	}
	for (const {step, source} of steps) lintId(stepIdAsName, step.id, step.file, source.locate('id'));
	const seen = new Map<string, string>();
	for (const path of entries.keys()) {
		const why = explainWindowsName(path.split('/').at(-1) ?? path);
		const other = seen.get(path.toLowerCase());
		if (why) report(path, why);
		else if (other) report(path, sameButCase(other));
		seen.set(path.toLowerCase(), path);
	}
};

/** Checks the contexts and the Dockerfiles in them. */
export const lintContexts = (subject: LintSubject): void => {
	const {entries, draft, report} = subject;
	if (!draft.cover) return;
	const {value, locate} = draft.cover;
	for (const [index, context] of value.contexts.entries()) {
		const wrong = findContextProblem(context, value.contexts.indexOf(context) < index, entries.get(context));
		if (wrong) report('workshop.md', wrong, locate('contexts', index));
	}
	for (const entry of entries.values()) {
		if (entry.text !== null && isDockerfile(entry) && isLabFile(entry.path, value.contexts)) {
			lintBaseImages(entry.path, entry.text, value.images, subject);
		}
	}
};

const findContextProblem = (
	context: string,
	isTwice: boolean,
	entry: FolderEntry | undefined,
): string | null => {
	const {twice, reserved, missing, isFile} = messages.workshop.context;
	if (isTwice) return twice(context);
	if (ownFolders.has(context)) return reserved(context);
	if (!entry) return missing(context);
	return entry.kind === 'file' ? isFile(context) : null;
};

export const isDockerfile = ({path, kind}: FolderEntry): boolean =>
	kind === 'file' && /^(Dockerfile(\.[\w-]+)?|[\w-]+\.Dockerfile)$/.test(path.split('/').at(-1) ?? '');

/**
 * Whether a file ends up in the lab folder, e.g. with a solution. Attempts don't count: their mistakes are intended.
 */
export const isLabFile = (path: string, contexts: string[]): boolean => {
	const [first, , ...below] = path.split('/');
	const inLab = first === 'solutions' ? below.join('/') : path;
	return isInContext(inLab, contexts);
};

const lintBaseImages = (
	file: string,
	text: string,
	images: string[],
	{planBuild, steps, report}: LintSubject,
): void => {
	const {problems, graph} = lintDockerfile(text);
	for (const {message, ...place} of problems) report(file, message, place);
	if (problems.length > 0) return;
	const built = steps.flatMap(({step}) => planBuild(step.command)?.tags ?? []);
	const known = new Set([...images.map(normalizeImageName), ...built]);
	for (const {image, line} of graph?.stages ?? []) {
		if (image === null || image === 'scratch' || image.includes('$')) continue;
		if (known.has(normalizeImageName(image))) continue;
		report(file, messages.workshop.context.unlistedImage(image), {line, column: 1});
	}
};
