import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {atExit} from './at-exit.js';

/** Makes a folder of its own below the system's temporary one; it is removed when the tests of the file are over. */
export const temporaryFolder = (): string => {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'workshop-test-')));
	atExit(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

/**
 * The environment for a child in a test: only what programs need, with `home` as home and state folder, and
 * `additions` on top. Nothing else is inherited, so that neither the developer's Docker (`DOCKER_HOST`), nor `CI`
 * (Ink draws nothing then), nor ava's own settings change what a test sees.
 */
export const childEnvironment = (
	home: string,
	additions: Record<string, string> = {},
): Record<string, string> => ({
	PATH: process.env.PATH ?? '',
	HOME: home,
	XDG_CACHE_HOME: path.join(home, '.cache'),
	XDG_CONFIG_HOME: path.join(home, '.config'),
	XDG_DATA_HOME: path.join(home, '.local', 'share'),
	XDG_STATE_HOME: path.join(home, '.local', 'state'),
	LANG: 'C.UTF-8',
	SHELL: '/bin/sh',
	TMPDIR: tmpdir(),
	...additions,
});
