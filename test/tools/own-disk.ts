import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pidOf} from './leave.js';
import type {TestTerminal} from './terminal.js';

/** A small disk that a test can fill. */
export type OwnDisk = {
	/** For `openTerminal`: runs the program in a mount namespace with the disk. */
	through: string[];
	/** Fills the disk. */
	fill(terminal: TestTerminal): void;
	/** Frees the space again. */
	free(terminal: TestTerminal): void;
};

/** Mounts a small, empty disk over a folder, only for the program. Requires root. */
export const ownDisk = (folder: string): OwnDisk => {
	mkdirSync(folder, {recursive: true});
	// The test reaches the program's mounts through its root in `/proc`.
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

/** Makes a folder read-only, only for the program. Requires root. */
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
