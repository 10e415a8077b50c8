import {chmodSync, lstatSync, mkdirSync, readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';

/**
 * The folder for progress, ledgers and transcripts: `$XDG_STATE_HOME` on Linux (env-paths calls that its log folder),
 * the application data folder on macOS and Windows.
 */
export const stateFolder = (): string => {
	const paths = envPaths('multistage-workshop', {suffix: ''});
	return path.resolve(process.platform === 'linux' ? paths.log : paths.data);
};

/**
 * For every file of the state folder: transcripts and the history contain what was typed and printed. Windows has no
 * modes, but the folder belongs to its user there.
 */
export const privateFile = {mode: 0o600};

/** Creates a folder of the state folder, and missing ones above it, for this user only. */
export const makePrivateFolder = (folder: string): void => {
	mkdirSync(folder, {recursive: true, mode: 0o700});
};

/**
 * Revokes the access of other users to a folder and everything in it: earlier versions, and commands that write there,
 * left it to the umask. Skips links, and what can't be changed or no longer exists.
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
		// It belongs to another user, or another copy of the program has removed it.
	}
};
