import {type FSWatcher, readdirSync, statSync, watch} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {tryRead} from './files.js';

/** Milliseconds: an editor writes a file in several strokes. */
const debounceMs = 100;

/** No workshop has more folders than this. */
const maxFolders = 500;

/** macOS and Windows watch a folder with all that is below it, by paths. */
const isRecursive = process.platform === 'darwin' || process.platform === 'win32';

/** Folders in which nothing is anybody's own work. */
const skippedFolders = new Set(['.git', 'node_modules']);

/** `identity`: a number that a removed folder had may be given to the next one, so the time when it was made is part of it. */
type Watched = {watcher: FSWatcher; identity: string};

/**
 * Calls back after files below a folder have changed, until the signal is aborted. A folder that is not there is quiet.
 * Elsewhere than on macOS and Windows, Node's own recursive watching follows each file by its inode and loses one that an
 * editor saves by renaming another over it. A folder's watcher sees all that happens to the names in it, so each folder
 * has one, and so has the one around them, in which the folder itself may be replaced.
 */
export const watchFolder = (folder: string, onChange: () => void, signal: AbortSignal): void => {
	if (signal.aborted) return;
	const root = path.resolve(folder);
	const watched = new Map<string, Watched>();
	let timer: NodeJS.Timeout | undefined;
	const touch = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			follow();
			onChange();
		}, debounceMs);
	};
	const end = (place: string) => {
		watched.get(place)?.watcher.close();
		watched.delete(place);
	};
	const begin = (place: string, identity: string) => {
		try {
			const isAround = place !== root && root.startsWith(place);
			const watcher = watch(place, {recursive: isRecursive && !isAround}, (event, name) => {
				if (isAround && name !== path.basename(root)) return;
				// At once, so as not to miss files that are written into a new folder.
				if (event === 'rename') follow();
				touch();
			});
			watcher.on('error', () => end(place));
			watched.set(place, {watcher, identity});
		} catch {
			// It has been removed again, or the limit is reached: changes are then seen when the file is used.
		}
	};
	const follow = () => {
		const places = [path.dirname(root), ...(isRecursive ? [root] : foldersBelow(root))].slice(0, maxFolders);
		for (const place of watched.keys()) if (!places.includes(place)) end(place);
		for (const place of places) {
			const status = statSync(place, {throwIfNoEntry: false});
			const identity = status && `${status.ino} ${status.birthtimeMs}`;
			if (identity === undefined || identity === watched.get(place)?.identity) continue;
			end(place);
			begin(place, identity);
		}
	};
	follow();
	signal.addEventListener(
		'abort',
		() => {
			clearTimeout(timer);
			for (const place of watched.keys()) end(place);
		},
		{once: true},
	);
};

/** A folder and all below it; none where there is none. Links are not followed. */
const foldersBelow = (folder: string): string[] => {
	const entries = tryRead(() => readdirSync(folder, {withFileTypes: true}));
	if (!entries) return [];
	const inner = entries.filter(entry => entry.isDirectory() && !skippedFolders.has(entry.name));
	return [folder, ...inner.flatMap(({name}) => foldersBelow(path.join(folder, name)))];
};

/**
 * Whether a file, by its name, is one that an editor has while it works or leaves beside what it saved: swap files, locks,
 * backups, and the `4913` by which Vim tries whether it may write.
 */
export const isEditorFile = (name: string): boolean =>
	/^\..*\.(?:sw[a-z]|kate-swp)$|^\.#|^#.*#$|~$|^4913$|^\.goutputstream-|___jb_(?:tmp|old)___$/.test(name);
