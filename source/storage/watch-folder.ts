import {type FSWatcher, watch} from 'node:fs';

/** Milliseconds: an editor writes a file in several strokes. */
const calm = 100;

/** Calls back after files below a folder have changed, until the signal is aborted. A folder that is not there is quiet. */
export const watchFolder = (folder: string, onChange: () => void, signal: AbortSignal): void => {
	if (signal.aborted) return;
	let timer: NodeJS.Timeout | undefined;
	const touch = () => {
		clearTimeout(timer);
		timer = setTimeout(onChange, calm);
	};
	let watcher: FSWatcher;
	try {
		watcher = watch(folder, {recursive: true}, touch);
	} catch {
		return;
	}
	// A folder that is removed while it is watched: nothing in it changes any more.
	watcher.on('error', () => watcher.close());
	signal.addEventListener(
		'abort',
		() => {
			clearTimeout(timer);
			watcher.close();
		},
		{once: true},
	);
};
