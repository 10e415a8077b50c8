import {existsSync} from 'node:fs';
import {type Browser, chromium} from 'playwright-core';

/** The usual paths of Chromium; `CHROMIUM` overrides them. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is; undefined if there is none. */
export const chromiumPath = [process.env.CHROMIUM ?? '', ...places].find(place => existsSync(place));

/** Starts a headless Chromium with this environment. Rejects if there is none. */
export const launchChromium = async (env: Record<string, string>): Promise<Browser> => {
	if (chromiumPath === undefined) {
		throw new Error('Chromium is missing: run `apt-get install chromium`, or name it in CHROMIUM.');
	}
	return chromium.launch({executablePath: chromiumPath, env});
};
