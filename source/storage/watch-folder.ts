import {watch} from 'node:fs';

/** Milliseconds: an editor writes a file in several strokes. */
const calm = 100;

/** Calls back when something below a folder has changed, once it is calm again, until the signal is aborted. */
export const watchFolder = (folder: string, onChange: () => void, signal: AbortSignal): void => {
	let timer: NodeJS.Timeout | undefined;
	const watcher = watch(folder, {recursive: true, signal}, () => {
		clearTimeout(timer);
		timer = setTimeout(onChange, calm);
	});
	// Files that come and go quickly can't be watched, and need not be.
	watcher.on('error', () => {});
	signal.addEventListener('abort', () => clearTimeout(timer), {once: true});
};
