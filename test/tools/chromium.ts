import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Browser, chromium} from 'playwright-core';

/** The usual paths of Chromium; `CHROMIUM` overrides them. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is; undefined if there is none. */
export const chromiumPath = [process.env.CHROMIUM ?? '', ...places].find(place => existsSync(place));

/**
 * Starts a headless Chromium with this environment. `through`: a command that runs it, e.g. `['nice']`, which needs a
 * `folder` for its script. Rejects if there is no Chromium.
 */
export const launchChromium = async (
	env: Record<string, string>,
	through?: {command: string[]; folder: string},
): Promise<Browser> => {
	if (chromiumPath === undefined) {
		throw new Error('Chromium is missing: run `apt-get install chromium`, or name it in CHROMIUM.');
	}
	if (!through) return chromium.launch({executablePath: chromiumPath, env});
	const script = path.join(through.folder, 'chromium');
	const lines = ['#!/bin/sh', `exec ${through.command.join(' ')} ${chromiumPath} "$@"`, ''];
	writeFileSync(script, lines.join('\n'), {mode: 0o755});
	return chromium.launch({executablePath: script, env});
};
