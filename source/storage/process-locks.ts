import {readFileSync, readlinkSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {listNames, tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** The locks of this process, which it removes when it exits. */
const held = new Set<string>();
const removeAll = () => {
	for (const file of held) rmSync(file, {force: true});
};

/**
 * Takes a lock for this process: a file with its process ID. Returns false if a living process holds it. Takes over the
 * lock of a dead process at once, because a restart after a crash must not wait. Throws if the file can't be written.
 */
export const acquireLock = (file: string): boolean => {
	makePrivateFolder(path.dirname(file));
	for (let attempt = 0; attempt < 2; attempt++) {
		try {
			writeFileSync(file, String(process.pid), {flag: 'wx', ...privateFile});
			if (held.size === 0) process.once('exit', removeAll);
			held.add(file);
			return true;
		} catch (error) {
			if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
			const owner = Number(readFileSync(file, 'utf8'));
			if (owner === process.pid) return true;
			if (isProcessAlive(owner)) return false;
			rmSync(file, {force: true});
		}
	}
	return false;
};

/** Gives back a lock of this process before it exits. */
export const releaseLock = (file: string): void => {
	rmSync(file, {force: true});
	held.delete(file);
	if (held.size === 0) process.off('exit', removeAll);
};

/** Runs a short action while no other process holds a lock; false if one does. Throws what the action throws. */
export const withLock = (file: string, action: () => void): boolean => {
	if (!acquireLock(file)) return false;
	try {
		action();
		return true;
	} finally {
		releaseLock(file);
	}
};

/**
 * Whether a process is running on this machine. True also for an ID that the system has reused, but not for a zombie:
 * in a container without an init, nobody may ever reap it.
 */
export const isProcessAlive = (pid: number): boolean => {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		// See proc_pid_stat(5): the state follows the name in parentheses, which may contain any character.
		const stat = tryRead(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? '';
		return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
	} catch (error) {
		// EPERM: it is alive, and belongs to another user.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
};

/** Whether a process of this user has a file open. Always false except on Linux. */
export const isHeldOpen = (file: string): boolean =>
	listNames('/proc')
		.filter(name => /^\d+$/.test(name))
		.some(pid => {
			const folder = path.join('/proc', pid, 'fd');
			return listNames(folder).some(
				descriptor => tryRead(() => readlinkSync(path.join(folder, descriptor))) === file,
			);
		});
