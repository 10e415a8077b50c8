import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pidOf} from './leave.js';
import type {TestTerminal} from './terminal.js';

/** What can be wrong with the disk. */
export type OwnDisk = {
	/** For `openTerminal`: opens the program where the disk is mounted; nobody else sees it. */
	through: string[];
	/** Leaves no room on it. */
	fill(terminal: TestTerminal): void;
	/** Makes room again. */
	free(terminal: TestTerminal): void;
};

/** Mounts a small, empty disk over a folder, for the program alone. Takes root. */
export const ownDisk = (folder: string): OwnDisk => {
	mkdirSync(folder, {recursive: true});
	// What the program sees of its files, the test finds below the program's own root.
	const filler = (terminal: TestTerminal) =>
		path.join('/proc', String(pidOf(terminal)), 'root', folder, 'filler');
	return {
		through: inOwnMounts(`mount -t tmpfs -o size=1m tmpfs '${folder}'`),
		fill(terminal) {
			try {
				writeFileSync(filler(terminal), Buffer.alloc(2e6));
			} catch (error) {
				if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
			}
		},
		free: terminal => rmSync(filler(terminal)),
	};
};

/** Makes a folder read-only, for the program alone. Takes root. */
export const readOnlyFolder = (folder: string): string[] =>
	inOwnMounts(`mount --bind '${folder}' '${folder}' && mount -o remount,bind,ro '${folder}'`);

const inOwnMounts = (mount: string): string[] => [
	'unshare',
	'--mount',
	'sh',
	'-c',
	`${mount} && exec "$@"`,
	'sh',
];
