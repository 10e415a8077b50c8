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
} from 'node:fs';
import path from 'node:path';
import type {LabFolder} from '../session/ports.js';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import {addLine} from './add-line.js';
import {fingerprintOf} from './fingerprint-of.js';
import {isEditorsOwn} from './is-editors-own.js';
import {listFiles} from './list-files.js';
import {type OverlayFile, overlayFiles, solutionFiles} from './overlay-files.js';
import {readTextFile} from './plain-file.js';
import {printsOf} from './prints-of.js';
import {makePrivateFolder} from './private-modes.js';
import {watchFolder} from './watch-folder.js';

/** More files than this are no lab folder any more. */
const mostListed = 500;

/** `ours`: as shipped. `solution`: as a shipped solution has it. `changed`: the learner's by now. */
export type LabFile = {path: string; state: 'ours' | 'solution' | 'changed' | 'missing'};

/** The lab folder, with what only clean-up and reset need. */
export type LabFolderOnDisk = LabFolder & {
	/** Every shipped file and what became of it, in order; then what solutions have put there beside them. */
	files(): LabFile[];
	/** Removes a file of ours, and the folders that become empty, never the learner's. */
	remove(file: string): void;
	/** Removes a file or an empty folder that a command wrote, by its absolute path. Throws when that can't be done. */
	removeWritten(place: string): void;
	/** The free name under which `restore` keeps the learner's: `<name>.mine`, or with a number behind it. */
	mineOf(file: string): string;
	/** Puts the shipped file back, or removes one of a solution; a changed one is kept under another name. */
	restore(file: string): void;
	/** The workshop has other contexts, or other files in them, from now on. */
	follow(contexts: string[]): void;
};

/**
 * The learner's copy of a workshop's contexts. `shipped`: the workshop's folder. Which file is ours is told by its
 * bytes: what equals the shipped one is.
 */
export const createLabFolder = (
	folder: string,
	{shipped, contexts, stateFolder}: {shipped: string; contexts: string[]; stateFolder: string},
): LabFolderOnDisk => {
	const root = path.resolve(folder);
	const listSources = (folders: string[]) => folders.flatMap(context => listFiles(shipped, context));
	let sources = listSources(contexts);
	let solutions = solutionFiles(shipped);
	const target = (file: string) => path.resolve(root, file);
	const source = (file: string) => path.join(shipped, ...file.split('/'));
	const cidFile = (runId: string) => path.join(stateFolder, 'containers', runId);
	const put = (file: string, from = source(file)) => copyTo(target(file), from);
	const stateOf = (file: string): LabFile['state'] =>
		judgeBytes(readBytes(target(file)), {
			shipped: sources.includes(file) ? source(file) : null,
			solutions: solutions.filter(one => one.file === file),
		});
	const mineOf = (file: string): string => {
		let mine = `${file}.mine`;
		// What was kept earlier is the learner's as well.
		for (let number = 2; existsSync(target(mine)); number++) mine = `${file}.mine-${number}`;
		return mine;
	};
	return {
		path: root,
		ensure() {
			try {
				// Commands run in it, also where a workshop has no files.
				makeRoot(root);
				for (const file of sources) if (!existsSync(target(file))) put(file);
			} catch (error) {
				const why = messageOf(error);
				throw new UserError(`The lab files can't be written to ${root}: ${why}.`, {
					next: 'choose another folder with `--dir <folder>`',
					cause: error,
				});
			}
		},
		read: file => readOrNull(target(file)),
		list: folder => listNames(target(folder)),
		listAll: () => listBelow(root, '').slice(0, mostListed),
		watch(onChange, signal) {
			try {
				watchFolder(root, onChange, signal);
			} catch {
				// Some file systems can't be watched: then what is saved is seen when it is built.
			}
		},
		readShipped: file => (sources.includes(file) ? readOrNull(source(file)) : null),
		printsOf: places => printsOf(root, places),
		cidFile(runId) {
			makeFolder(path.dirname(cidFile(runId)));
			return cidFile(runId);
		},
		readCid: runId => readOrNull(cidFile(runId))?.trim() || null,
		dropCid: runId => rmSync(cidFile(runId), {force: true}),
		addLine: (file, line) => addLine(target(file), line),
		putOver(overlay) {
			for (const {file, source: from} of overlayFiles(shipped, overlay)) {
				if (stateOf(file) === 'changed' && !readFileSync(from).equals(readFileSync(target(file))))
					renameSync(target(file), target(mineOf(file)));
				put(file, from);
			}
		},
		fingerprint: () => fingerprintOf(root, contexts),
		files: () => listStates(sources, solutions, stateOf),
		remove(file) {
			rmSync(target(file), {force: true});
			removeEmptyFolders(path.dirname(target(file)), root);
		},
		removeWritten: place =>
			lstatSync(place).isDirectory() ? rmdirSync(place) : rmSync(place, {force: true}),
		mineOf,
		restore(file) {
			if (stateOf(file) === 'changed') renameSync(target(file), target(mineOf(file)));
			if (sources.includes(file)) put(file);
			else rmSync(target(file), {force: true});
		},
		follow(folders) {
			sources = listSources(folders);
			solutions = solutionFiles(shipped);
		},
	};
};

/** Files below a folder, those of a learner's own too; what is no lab file by any means is left out, as is what editors leave. */
const listBelow = (root: string, folder: string): string[] =>
	(listNames(path.join(root, folder)) ?? []).flatMap(name => {
		const inner = `${folder}${name}`;
		if (name === '.git/' || name === 'node_modules/') return [];
		if (name.endsWith('/')) return listBelow(root, inner);
		return isEditorsOwn(name) ? [] : [inner];
	});

/** Null when it is no folder, or may not be read. */
const listNames = (folder: string): string[] | null => {
	try {
		return readdirSync(folder, {withFileTypes: true})
			.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name))
			.sort();
	} catch {
		return null;
	}
};

const copyTo = (target: string, from: string): void => {
	mkdirSync(path.dirname(target), {recursive: true});
	copyFileSync(from, target);
};

/** Whose a file is, by its bytes. `shipped`: the workshop's file; null: it has none. */
const judgeBytes = (
	bytes: Buffer | null,
	{shipped, solutions}: {shipped: string | null; solutions: OverlayFile[]},
): LabFile['state'] => {
	if (!bytes) return 'missing';
	if (shipped !== null && bytes.equals(readFileSync(shipped))) return 'ours';
	return solutions.some(one => bytes.equals(readFileSync(one.source))) ? 'solution' : 'changed';
};

/** A file that only a solution has is nobody's business as long as it is not there, or is the learner's own. */
const listStates = (
	sources: string[],
	solutions: OverlayFile[],
	stateOf: (file: string) => LabFile['state'],
): LabFile[] => {
	const added = new Set(solutions.map(({file}) => file).filter(file => !sources.includes(file)));
	return [
		...sources.map(file => ({path: file, state: stateOf(file)})),
		...[...added].map(file => ({path: file, state: stateOf(file)})).filter(({state}) => state === 'solution'),
	];
};

const removeEmptyFolders = (folder: string, root: string): void => {
	if (path.relative(root, folder).startsWith('..')) return;
	try {
		rmdirSync(folder);
	} catch {
		return; // Not empty: something of the learner's is in it.
	}
	if (folder !== root) removeEmptyFolders(path.dirname(folder), root);
};

/** Null for what is no file, or can't be read. A FIFO is not waited for. */
const readBytes = (file: string): Buffer | null => {
	try {
		return statSync(file).isFile() ? readFileSync(file) : null;
	} catch {
		return null;
	}
};

/** Null also for what is no text that anybody wrote. */
const readOrNull = (file: string): string | null => {
	try {
		return readTextFile(file);
	} catch {
		return null;
	}
};

const makeRoot = (root: string): void => {
	if (statSync(root, {throwIfNoEntry: false})?.isDirectory()) return;
	// Where the disk may only be read, the recursive way would say that there is no such folder.
	mkdirSync(root, {recursive: !existsSync(path.dirname(root))});
};

/** For the IDs of containers. */
const makeFolder = (folder: string): void => {
	try {
		makePrivateFolder(folder);
	} catch (error) {
		throw new UserError(`The ID of a container can't be kept: ${messageOf(error)}.`, {
			next: 'fix that, then run this step again',
			cause: error,
		});
	}
};
