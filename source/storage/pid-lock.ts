import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {isAlive} from './is-alive.js';
import {makePrivateFolder, privateFile} from './private-modes.js';

/**
 * Takes a lock for this process: a file with its process ID. False when a living process holds it. A lock whose owner
 * has died, however that came, is taken over at once: a restart after a crash must not wait. Throws when the file
 * can't be written.
 */
export const takeLock = (file: string): boolean => {
	makePrivateFolder(path.dirname(file));
	for (let attempt = 0; attempt < 2; attempt++) {
		try {
			writeFileSync(file, String(process.pid), {flag: 'wx', ...privateFile});
			process.once('exit', () => rmSync(file, {force: true}));
			return true;
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
			const owner = Number(readFileSync(file, 'utf8'));
			if (owner === process.pid) return true;
			if (isAlive(owner)) return false;
			rmSync(file, {force: true});
		}
	}
	return false;
};
