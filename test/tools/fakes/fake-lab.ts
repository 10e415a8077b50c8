import {createHash} from 'node:crypto';
import path from 'node:path';
import type {LabFile, LabFolderOnDisk} from '../../../source/storage/lab-folder.js';
import {countTemporaryEdits} from '../../../source/storage/temporary-edits.js';
import {isEditorFile} from '../../../source/storage/watch-folder.js';
import {UserError} from '../../../source/text/user-error.js';
import type {FilePatch} from '../../../source/workshop/model.js';
import {patchTexts} from '../../../source/workshop/patches.js';

/** Text by path, with `/` separators. */
export type Texts = Record<string, string>;

export type FakeLab = LabFolderOnDisk & {
	/** Writes a file like the learner or a command; null removes it. */
	write(file: string, text: string | null): void;
	/** Writes an ID file like a command with `--cidfile`. */
	leaveCid(file: string, id: string): void;
	/** Makes the folder read-only. */
	lock(): void;
};

export type FakeLabOptions = {
	/** Absolute. */
	folder?: string;
	/** The files of the workshop's contexts. */
	shipped?: Texts;
	/** The files of `solutions/<challenge>`, `broken/<step>` and `attempts/<challenge>/<name>`, by folder. */
	overlays?: Record<string, Texts>;
	/** The patches of the workshop's steps, in order. */
	patches?: FilePatch[];
	/** Milliseconds since 1970. */
	now?: () => number;
};

const nameIn = (folder: string, file: string) =>
	path.posix.relative(folder, path.posix.resolve(folder, file));

const freeMine = (file: string, files: ReadonlyMap<string, string>): string => {
	let mine = `${file}.mine`;
	for (let number = 2; files.has(mine); number++) mine = `${file}.mine-${number}`;
	return mine;
};

/** Creates a lab folder in memory. Files are texts; a folder exists while it contains a file. */
export const createFakeLab = ({
	folder = '/home/ada/lab',
	shipped = {},
	overlays = {},
	patches = [],
	now = Date.now,
}: FakeLabOptions = {}): FakeLab => {
	const files = new Map<string, string>();
	/** What the program has last written in place of a file. */
	const written = new Map<string, string>();
	const watchers = new Set<() => void>();
	const solutions = Object.entries(overlays).flatMap(([name, texts]) =>
		/^(solutions|broken)\//.test(name) ? Object.entries(texts) : [],
	);
	let contexts: string[] | null = null;
	let isThere = false;
	let isLocked = false;
	const change = (file: string, text: string | null): void => {
		if (text === null) files.delete(nameIn(folder, file));
		else files.set(nameIn(folder, file), text);
		isThere ||= text !== null;
		for (const watcher of watchers) watcher();
	};
	const sources = (): string[] =>
		Object.keys(shipped)
			.filter(file => contexts?.some(context => file.startsWith(`${context}/`)) ?? true)
			.sort();
	const stateOf = (file: string): LabFile['state'] => {
		const text = files.get(file);
		if (text === undefined) return 'missing';
		if (sources().includes(file) && shipped[file] === text) return 'ours';
		return written.get(file) === text ? 'solution' : 'changed';
	};
	const readShipped = (file: string): string | null =>
		sources().includes(file) ? (shipped[file] ?? null) : null;
	const filesOf = (overlay: string): string[] => Object.keys(overlays[overlay] ?? {});
	const isMineUnder = (overlay: string, file: string) =>
		stateOf(file) === 'changed' && files.get(file) !== overlays[overlay]?.[file];
	const mineOf = (file: string): string => freeMine(file, files);
	const keepMine = (file: string): void => {
		change(mineOf(file), files.get(file) ?? '');
		change(file, null);
	};
	return {
		...createCids(),
		path: folder,
		ensure() {
			if (isLocked)
				throw new UserError(`The lab files can’t be written to ${folder}: it is read-only.`, {
					next: 'choose another folder with `--dir <folder>`',
				});
			isThere = true;
			for (const file of sources()) if (!files.has(file)) change(file, shipped[file] ?? '');
		},
		read: file => files.get(nameIn(folder, file)) ?? null,
		list(inner) {
			const place = nameIn(folder, inner);
			const names = namesIn(place, [...files.keys()]);
			return names.length > 0 || (place === '' && isThere) ? names : null;
		},
		listAll: () => [...files.keys()].filter(file => !isEditorFile(path.posix.basename(file))).sort(),
		watch(onChange, signal) {
			watchers.add(onChange);
			signal.addEventListener('abort', () => watchers.delete(onChange), {once: true});
		},
		readShipped,
		fingerprintsOf: places => fingerprintsOf(folder, files, places),
		...countTemporaryEdits(createEdits(files, change, now)),
		applyPatches: createPatcher(files, noteIn(written, {stateOf, change}), {patches, readShipped}),
		applyOverlay(overlay, except = []) {
			for (const file of filesOf(overlay).filter(one => !except.includes(one))) {
				if (isMineUnder(overlay, file)) keepMine(file);
				written.set(file, overlays[overlay]?.[file] ?? '');
				change(file, written.get(file) ?? null);
			}
		},
		changedUnder: overlay => filesOf(overlay).filter(file => isMineUnder(overlay, file)),
		fingerprint: () => JSON.stringify([...files].filter(([file]) => file.includes('/')).sort()),
		files() {
			const added = new Set(solutions.map(([file]) => file).filter(file => !sources().includes(file)));
			return [...sources(), ...added]
				.map(file => ({path: file, state: stateOf(file)}))
				.filter(({path: file, state}) => !added.has(file) || state === 'solution');
		},
		remove(file) {
			written.delete(file);
			change(file, null);
		},
		removeWritten: place => change(place, null),
		mineOf,
		restore(file) {
			if (stateOf(file) === 'changed') keepMine(file);
			written.delete(file);
			change(file, sources().includes(file) ? (shipped[file] ?? null) : null);
		},
		follow(folders) {
			contexts = folders;
		},
		write: change,
		lock() {
			isLocked = true;
		},
	};
};

/** Changes a file as the program does, which notes it unless the file is the learner's. */
const noteIn =
	(
		written: Map<string, string>,
		{stateOf, change}: {stateOf(file: string): LabFile['state']; change(file: string, text: string): void},
	) =>
	(file: string, text: string): void => {
		if (stateOf(file) !== 'changed') written.set(file, text);
		change(file, text);
	};

const createPatcher =
	(
		files: ReadonlyMap<string, string>,
		change: (file: string, text: string) => void,
		{patches, readShipped}: {patches: FilePatch[]; readShipped(file: string): string | null},
	): FakeLab['applyPatches'] =>
	(ofStep, before) => {
		const read = (file: string) => files.get(file) ?? null;
		const {texts, unfit} = patchTexts(ofStep, {before, all: patches, read, readOriginal: readShipped});
		if (unfit.length === 0) for (const [file, text] of texts) change(file, text);
		return unfit;
	};

const createEdits = (
	files: ReadonlyMap<string, string>,
	change: (file: string, text: string) => void,
	now: () => number,
): Pick<LabFolderOnDisk, 'addLine' | 'replaceText'> => {
	const read = (file: string): string => {
		const text = files.get(file);
		if (text === undefined) throw new UserError(`The file ${file} can’t be changed: it is not there.`);
		return text;
	};
	return {
		addLine(file, line) {
			const before = read(file);
			const added = addedLine(before, line, now());
			change(file, before + added);
			return () => {
				const text = files.get(file);
				if (text?.includes(added)) change(file, text.replace(added, ''));
			};
		},
		replaceText(file, piece, by) {
			if (!read(file).includes(piece)) throw new UserError(`The file ${file} can’t be changed: no ${piece}.`);
			change(
				file,
				read(file).replace(piece, () => by),
			);
			return () => {
				const text = files.get(file);
				if (text?.includes(by))
					change(
						file,
						text.replace(by, () => piece),
					);
			};
		},
	};
};

const createCids = () => {
	const cids = new Map<string, string>();
	const fileOf = (runId: string) => `/home/ada/.local/state/containers/${runId}`;
	return {
		cidFile: fileOf,
		readCid: (runId: string) => cids.get(fileOf(runId)) ?? null,
		deleteCidFile: (runId: string) => void cids.delete(fileOf(runId)),
		leaveCid: (file: string, id: string) => void cids.set(file, id),
	};
};

const addedLine = (before: string, line: string, now: number): string => {
	const begin = before === '' || before.endsWith('\n') ? '' : '\n';
	return `${begin}${line} ${new Date(now).toISOString()}\n`;
};

/** The entries of a folder, subfolders with a trailing `/`. */
const namesIn = (folder: string, files: string[]): string[] => {
	const below = folder === '' ? '' : `${folder}/`;
	const names = files
		.filter(file => file.startsWith(below))
		.map(file => file.slice(below.length).replace(/\/.*/, '/'));
	return [...new Set(names)].sort();
};

/** The fingerprints of files at or below the places, and of their folders. */
const fingerprintsOf = (
	folder: string,
	files: Map<string, string>,
	places: string[],
): Record<string, string> => {
	const prints: Record<string, string> = {};
	for (const [file, text] of files) {
		const whole = path.posix.join(folder, file);
		const place = places.find(one => whole === one || whole.startsWith(`${one}/`));
		if (place === undefined) continue;
		prints[whole] = `sha256:${createHash('sha256').update(text).digest('hex')}`;
		for (let above = path.posix.dirname(whole); above !== folder; above = path.posix.dirname(above))
			prints[above] = 'folder';
	}
	return prints;
};
