import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {atExit} from '../tools/at-exit.js';

/** An empty folder that is gone when the tests of the file are over. */
export const temporaryFolder = (name: string): string => {
	const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
	atExit(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
};
