import {
	copyFileSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmdirSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {messages} from '../messages/index.js';
import type {LabFolder} from '../session/ports.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {FilePatch} from '../workshop/model.js';
import {patchTexts} from '../workshop/patches.js';
import {isInside, listFiles, readTextFile, realPath, tryRead} from './files.js';
import {fingerprintFolders, fingerprintPaths, sha256} from './hashes.js';
import {makePrivateFolder} from './state-folder.js';
import {countTemporaryEdits} from './temporary-edits.js';
import {isEditorFile, watchFolder} from './watch-folder.js';
import {isPlainFolder, listGivenFiles, listOverlayFiles, type OverlayFile} from './workshop-files.js';
import {createWrittenTexts} from './written-texts.js';

/** The most files to list; lab folders have fewer. */
const maxListed = 500;

/**
 * `ours`: as shipped. `solution`: as the program has written it: from a solution, for a repair, or with the patches of
 * steps. `changed`: by the learner, even to the same text.
 */
export type LabFile = {path: string; state: 'ours' | 'solution' | 'changed' | 'missing'};

/** The lab folder, with what only clean-up and reset need. */
export type LabFolderOnDisk = LabFolder & {
	/** Every shipped file and its state, in order, then files that the program has added from solutions. */
	files(): LabFile[];
	/** Removes a file of ours, and the folders that become empty, but nothing of the learner's. */
	remove(file: string): void;
	/** Removes a file or an empty folder that a command wrote, by its absolute path. Throws on failure. */
	removeWritten(place: string): void;
	/** The free name under which `restore` keeps the learner's file: `<name>.mine`, or with a number at the end. */
	mineOf(file: string): string;
	/** Restores a shipped file, or removes a solution's file. Keeps a changed file under another name. */
	restore(file: string): void;
	/** Switches to the workshop's new contexts, patches and files. */
	follow(contexts: string[], patches: FilePatch[]): void;
};

/**
 * The learner's copy of a workshop's contexts. `shipped`: the workshop's folder. `patches`: of its steps, in order. A file
 * is ours if its bytes equal those of the shipped file, or those that the program has last written there.
 */
export const createLabFolder = (
	folder: string,
	{
		shipped,
		contexts,
		patches: given = [],
		stateFolder,
	}: {shipped: string; contexts: string[]; patches?: FilePatch[]; stateFolder: string},
): LabFolderOnDisk => {
	const root = path.resolve(folder);
	const listSources = (folders: string[]) => folders.flatMap(context => listFiles(shipped, context));
	let sources = listSources(contexts);
	let solutions = listGivenFiles(shipped);
	let patches = given;
	const target = (file: string) => path.resolve(root, file);
	const source = (file: string) => path.join(shipped, file);
	const written = createWrittenTexts(stateFolder);
	const put = (file: string, from = source(file)) => {
		mkdirSync(path.dirname(target(file)), {recursive: true});
		copyFileSync(from, target(file));
	};
	// Null too for a large or special file.
	const read = (file: string) => tryRead(() => readTextFile(target(file)));
	const readShipped = (file: string) =>
		sources.includes(file) ? tryRead(() => readTextFile(source(file))) : null;
	const stateOf = (file: string): LabFile['state'] => {
		const bytes = readBytes(target(file));
		if (!bytes) return 'missing';
		if (sources.includes(file) && bytes.equals(readFileSync(source(file)))) return 'ours';
		return written.has(target(file), bytes) ? 'solution' : 'changed';
	};
	/** Whether a file is the learner's, and not the same as the one that would replace it. */
	const isMineUnder = ({file, source: from}: OverlayFile): boolean =>
		stateOf(file) === 'changed' && !readFileSync(from).equals(readFileSync(target(file)));
	const patch = (file: string, text: string): void => {
		const isMine = stateOf(file) === 'changed';
		writeChanged(target(file), text);
		if (!isMine) written.note(target(file), readBytes(target(file)));
	};
	const mineOf = (file: string) => freeMine(file, target);
	return {
		path: root,
		ensure() {
			try {
				// Commands run in it, even if the workshop has no files.
				makeRoot(root);
				for (const file of sources) if (!existsSync(target(file))) put(file);
			} catch (error) {
				throw new UserError(messages.storage.lab.notWritten(root, describeError(error)), {cause: error});
			}
		},
		read,
		list: folder => listMarked(target(folder)),
		listAll: () => listBelow(root, '').slice(0, maxListed),
		watch(onChange, signal) {
			try {
				watchFolder(root, onChange, signal);
			} catch {
				// Some file systems can't be watched: changes are then noticed when the file is built.
			}
		},
		readShipped,
		fingerprintsOf: places => fingerprintPaths(root, places),
		...createCidFiles(stateFolder),
		...countTemporaryEdits({
			addLine: (file, line) => appendTemporaryLine(target(file), line),
			replaceText: (file, piece, by) => replaceTemporarily(target(file), piece, by),
		}),
		applyOverlay(overlay, except = []) {
			for (const one of listOverlayFiles(shipped, overlay)) {
				if (except.includes(one.file)) continue;
				if (isMineUnder(one)) renameSync(target(one.file), target(mineOf(one.file)));
				put(one.file, one.source);
				written.note(target(one.file), readBytes(one.source));
			}
		},
		changedUnder: overlay =>
			listOverlayFiles(shipped, overlay)
				.filter(isMineUnder)
				.map(({file}) => file),
		applyPatches(ofStep, before) {
			const {texts, unfit} = patchTexts(ofStep, {before, all: patches, read, readOriginal: readShipped});
			for (const [file, text] of unfit.length === 0 ? texts : []) patch(file, text);
			return unfit;
		},
		fingerprint: () => fingerprintFolders(root, contexts),
		files: () => listLabFiles(sources, solutions, stateOf),
		remove(file) {
			rmSync(target(file), {force: true});
			written.note(target(file), null);
			removeEmptyFolders(path.dirname(target(file)), root);
		},
		removeWritten: place =>
			lstatSync(place).isDirectory() ? rmdirSync(place) : rmSync(place, {force: true}),
		mineOf,
		restore(file) {
			if (stateOf(file) === 'changed') renameSync(target(file), target(mineOf(file)));
			if (sources.includes(file)) put(file);
			else rmSync(target(file), {force: true});
			written.note(target(file), null);
		},
		follow(folders, newPatches) {
			sources = listSources(folders);
			patches = newPatches;
			solutions = listGivenFiles(shipped);
		},
	};
};

/** The files in which Docker puts the IDs of containers, by run. */
const createCidFiles = (stateFolder: string): Pick<LabFolder, 'cidFile' | 'readCid' | 'deleteCidFile'> => {
	const cidFile = (runId: string) => path.join(stateFolder, 'containers', runId);
	return {
		cidFile(runId) {
			try {
				makePrivateFolder(path.dirname(cidFile(runId)));
			} catch (error) {
				throw new UserError(messages.storage.containerIdNotSaved(describeError(error)), {cause: error});
			}
			return cidFile(runId);
		},
		readCid: runId => tryRead(() => readTextFile(cidFile(runId)))?.trim() || null,
		deleteCidFile: runId => rmSync(cidFile(runId), {force: true}),
	};
};

/** Files below a folder, including the learner's own, but without those of Git, npm and editors. */
const listBelow = (root: string, folder: string): string[] =>
	(listMarked(path.join(root, folder)) ?? []).flatMap(name => {
		const inner = `${folder}${name}`;
		if (name === '.git/' || name === 'node_modules/') return [];
		if (name.endsWith('/')) return listBelow(root, inner);
		return isEditorFile(name) ? [] : [inner];
	});

/** The names in a folder, with a slash after those of folders; null if it can't be read. */
const listMarked = (folder: string): string[] | null =>
	tryRead(() =>
		readdirSync(folder, {withFileTypes: true})
			.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name))
			.sort(),
	);

/** Lists the shipped files, and other files that are as the program has written them. */
const listLabFiles = (
	sources: string[],
	solutions: OverlayFile[],
	stateOf: (file: string) => LabFile['state'],
): LabFile[] => {
	const files = [...new Set([...sources, ...solutions.map(({file}) => file)])];
	return files
		.map(file => ({path: file, state: stateOf(file)}))
		.filter(({path: file, state}) => sources.includes(file) || state === 'solution');
};

const freeMine = (file: string, target: (file: string) => string): string => {
	let mine = `${file}.mine`;
	// Earlier copies are the learner's, too.
	for (let number = 2; existsSync(target(mine)); number++) mine = `${file}.mine-${number}`;
	return mine;
};

const removeEmptyFolders = (folder: string, root: string): void => {
	if (path.relative(root, folder).startsWith('..')) return;
	try {
		rmdirSync(folder);
	} catch {
		return; // Not empty: it holds something of the learner's.
	}
	if (folder !== root) removeEmptyFolders(path.dirname(folder), root);
};

/** Null if it is not a file or can't be read. Doesn't wait for a FIFO. */
const readBytes = (file: string): Buffer | null =>
	tryRead(() => (statSync(file).isFile() ? readFileSync(file) : null));

const makeRoot = (root: string): void => {
	if (statSync(root, {throwIfNoEntry: false})?.isDirectory()) return;
	// On a read-only disk, the recursive variant would report a missing folder.
	mkdirSync(root, {recursive: !existsSync(path.dirname(root))});
};

/** Writes a file unless it has this text already. Throws a `UserError` on failure. */
const writeChanged = (file: string, text: string): void => {
	try {
		if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
	} catch (error) {
		throw new UserError(messages.storage.lab.notChanged(file, describeError(error)), {cause: error});
	}
};

/**
 * Appends a line, which ends with the time, and returns a function that removes it again. Keeps what the learner saves
 * in the meantime. Throws a `UserError` if the file can't be changed.
 */
const appendTemporaryLine = (file: string, line: string): (() => void) => {
	try {
		const before = readFileSync(file, 'utf8');
		const added = `${before.endsWith('\n') || before === '' ? '' : '\n'}${line} ${new Date().toISOString()}\n`;
		writeFileSync(file, before + added);
		return () => {
			const now = readFileSync(file, 'utf8');
			if (now.includes(added)) writeFileSync(file, now.replace(added, ''));
		};
	} catch (error) {
		throw new UserError(messages.storage.lab.notChanged(file, describeError(error)), {cause: error});
	}
};

/**
 * Replaces the first piece of a file's text, and returns a function that restores it. Keeps what the learner saves in
 * the meantime. Throws a `UserError` if the file can't be changed, or lacks the piece.
 */
const replaceTemporarily = (file: string, piece: string, by: string): (() => void) => {
	const exchange = (from: string, to: string): boolean => {
		const before = readFileSync(file, 'utf8');
		if (before.includes(from))
			writeFileSync(
				file,
				before.replace(from, () => to),
			);
		return before.includes(from);
	};
	try {
		if (!exchange(piece, by)) throw new Error(messages.storage.troubles.lacksText(piece));
		return () => void exchange(by, piece);
	} catch (error) {
		throw new UserError(messages.storage.lab.notChanged(file, describeError(error)), {cause: error});
	}
};

/**
 * Updates lab files after a workshop has changed: replaces copies that are still as they were given out, and keeps
 * changed ones. `before`, `after`: sha256 of the workshop's files, by path.
 */
export const updateLabFiles = (
	{workshop, lab}: {workshop: string; lab: string},
	before: ReadonlyMap<string, string>,
	after: ReadonlyMap<string, string>,
): void => {
	for (const [file, hash] of after) {
		const copy = path.join(lab, file);
		if (before.get(file) === hash || !existsSync(copy)) continue;
		if (sha256(readFileSync(copy)) === before.get(file)) copyFileSync(path.join(workshop, file), copy);
	}
};

/** What determines where the lab files of a workshop go. */
type LabLocation = {
	id: string;
	/** The workshop's own folder. */
	folder: string;
	contexts: string[];
	/** The lab folders in its saved progress, absolute, the preferred one first. */
	known: string[];
};

/**
 * Where the lab files go. In this order: `dir`; the lab folder that is or contains the current folder; a folder here
 * that is named after the workshop; the lab folder of an earlier session; a new folder here. Never the folder of a
 * workshop, be it this one, a copy of it or another: clean-up would take its files for copies, and remove them. Throws a
 * `UserError` for such a `dir`.
 * `here`: the current folder, absolute.
 */
export const chooseLab = (dir: string | null, owner: LabLocation, here = process.cwd()): string => {
	const {folder, contexts, known} = owner;
	const isWorkshop = (place: string): boolean =>
		isInside(place, folder) || existsSync(path.join(place, 'workshop.md'));
	if (dir === null) {
		const fresh = freshLab(owner, isWorkshop, here);
		const earlier = known.filter(place => isLab(place, contexts) && !isWorkshop(place));
		const around = ancestors(here).find(
			place =>
				earlier.some(one => realPath(one) === realPath(place)) ||
				(path.basename(place) === path.basename(fresh) &&
					isLab(place, contexts) &&
					contexts.length > 0 &&
					!isWorkshop(place)),
		);
		if (around !== undefined) return around;
		return existsSync(path.resolve(here, fresh)) ? fresh : (earlier[0] ?? fresh);
	}
	if (!isWorkshop(dir)) return dir;
	throw new UserError(messages.storage.lab.inWorkshop(path.resolve(dir)), {exitCode: 2});
};

/** A folder here that is named after the workshop, and is no workshop. */
const freshLab = (
	{id, folder}: LabLocation,
	isWorkshop: (place: string) => boolean,
	here: string,
): string => {
	const place = path.resolve(here, id);
	if (isInside(place, folder)) return `${folder}-lab`;
	return isWorkshop(place) ? `${id}-lab` : id;
};

/** Whether a folder has lab files; after clean-up, it has none. */
const isLab = (place: string, contexts: string[]): boolean =>
	isPlainFolder(place) &&
	(contexts.length === 0 || contexts.some(context => isPlainFolder(path.join(place, context))));

/** A folder and all its parents, innermost first. */
const ancestors = (place: string): string[] => {
	const above = path.dirname(place);
	return above === place ? [place] : [place, ...ancestors(above)];
};
