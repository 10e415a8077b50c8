import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {listEngines} from '../engine/list-engines.js';

/** A `PATH` with a docker CLI: of a private engine, even if that is down, else the machine's. Null if there is none. */
export const pathWithDocker = (): string | null => {
	const own = listEngines().find(({bin}) => existsSync(path.join(bin, 'docker')));
	if (own) return `${own.bin}${path.delimiter}${process.env.PATH}`;
	try {
		execFileSync('docker', ['--version'], {stdio: 'ignore'});
		return process.env.PATH ?? null;
	} catch {
		return null;
	}
};
