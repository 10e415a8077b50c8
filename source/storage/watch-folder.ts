import {type FSWatcher, readdirSync, statSync, watch} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {tryRead} from './files.js';

/** Milliseconds: editors write a file in several steps. */
const debounceMs = 100;

/** More folders than any workshop has. */
const maxFolders = 500;

/** macOS and Windows watch a folder and everything below it, by path. */
const isRecursive = process.platform === 'darwin' || process.platform === 'win32';

/** Folders that contain nobody's own work. */
const skippedFolders = new Set(['.git', 'node_modules']);

/** `identity`: includes the creation time, because a new folder may get the inode of a removed one. */
type Watched = {watcher: FSWatcher; identity: string};

/**
 * Calls back after files below a folder have changed, until the signal is aborted. A missing folder is ignored. On
 * other systems than macOS and Windows, Node's own recursive watching follows each file by its inode, and loses it when
 * an editor saves by renaming another file over it. A folder's watcher sees all changes to the names in it, so each
 * folder has one, and so has the parent, in which the folder itself may be replaced.
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
				// Immediately, so as not to miss files written into a new folder.
				if (event === 'rename') follow();
				touch();
			});
			watcher.on('error', () => end(place));
			watched.set(place, {watcher, identity});
		} catch {
			// It was removed again, or the limit is reached: changes are then noticed when the file is used.
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

/** A folder and all folders below it; empty if it doesn't exist. Doesn't follow links. */
const foldersBelow = (folder: string): string[] => {
	const entries = tryRead(() => readdirSync(folder, {withFileTypes: true}));
	if (!entries) return [];
	const inner = entries.filter(entry => entry.isDirectory() && !skippedFolders.has(entry.name));
	return [folder, ...inner.flatMap(({name}) => foldersBelow(path.join(folder, name)))];
};

/**
 * Whether a file name is one that editors use beside a file: swap files, locks, backups, and `4913`, with which Vim
 * tests whether it may write.
 */
export const isEditorFile = (name: string): boolean =>
	/^\..*\.(?:sw[a-z]|kate-swp)$|^\.#|^#.*#$|~$|^4913$|^\.goutputstream-|___jb_(?:tmp|old)___$/.test(name);
