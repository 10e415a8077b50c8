import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Browser, chromium} from 'playwright-core';
import {temporaryFolder} from './child-environment.js';

/** The usual paths of Chromium; `CHROMIUM` overrides them. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is; undefined if there is none. */
export const chromiumPath = [process.env.CHROMIUM ?? '', ...places].find(place => existsSync(place));

/**
 * Starts a headless Chromium with this environment. `through`: a command that runs it, e.g. `['nice']`. Rejects if there
 * is no Chromium.
 */
export const launchChromium = async (
	env: Record<string, string>,
	through: string[] = [],
): Promise<Browser> => {
	if (chromiumPath === undefined) {
		throw new Error('Chromium is missing: run `apt-get install chromium`, or name it in CHROMIUM.');
	}
	if (through.length === 0) return chromium.launch({executablePath: chromiumPath, env});
	const executablePath = path.join(temporaryFolder(), 'chromium');
	writeFileSync(executablePath, `#!/bin/sh\nexec ${through.join(' ')} ${chromiumPath} "$@"\n`, {mode: 0o755});
	return chromium.launch({executablePath, env});
};
