import {mkdtempSync, realpathSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {atExit} from './at-exit.js';

/** Creates a temporary folder, which is removed when the tests of the file have ended. */
export const temporaryFolder = (): string => {
	const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'workshop-test-')));
	atExit(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};

/**
 * The environment of a child process in a test: only what programs need, with `home` for home and state, plus
 * `additions`. Inherits nothing else, so that `DOCKER_HOST`, `CI` (with which Ink draws nothing) and ava's settings
 * don't affect tests.
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
