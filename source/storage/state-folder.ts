import {chmodSync, lstatSync, mkdirSync, readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

/**
 * Where the program keeps progress, ledgers and transcripts: `$XDG_STATE_HOME` on Linux (env-paths calls that its log
 * folder), the application data folder on macOS and Windows.
 */
export const stateFolder = (): string => {
	const paths = envPaths('multistage-workshop', {suffix: ''});
	return path.resolve(process.platform === 'linux' ? paths.log : paths.data);
};

/**
 * For every file of the state folder: transcripts and the history hold what was typed, and what commands printed.
 * Windows has no modes: there the folder belongs to its user anyway.
 */
export const privateFile = {mode: 0o600};

/** Makes a folder of the state folder, and those above it that are missing, for this user alone. */
export const makePrivateFolder = (folder: string): void => {
	mkdirSync(folder, {recursive: true, mode: 0o700});
};

/**
 * Takes away what others may do with a folder and all that is in it: earlier versions, and commands that write there
 * themselves, left it to the umask. What can’t be changed, or is no longer there, is passed over; so are links.
 */
export const makePrivate = (place: string): void => {
	if (process.platform === 'win32') return;
	try {
		const status = lstatSync(place);
		if (status.isDirectory()) {
			if (status.mode & 0o077) chmodSync(place, 0o700);
			for (const name of readdirSync(place)) makePrivate(path.join(place, name));
		} else if (status.isFile() && status.mode & 0o077) {
			chmodSync(place, 0o600);
		}
	} catch {
		// It belongs to somebody else, or another copy of the program has removed it.
	}
};
