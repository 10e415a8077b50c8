import {existsSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {type Browser, chromium} from 'playwright-core';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import {deepTest} from './deep.js';

/** The usual paths of Chromium; `CHROMIUM` overrides them. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const program = [process.env.CHROMIUM ?? '', ...places].find(place => existsSync(place));

/**
 * Declares a test for `npm run test:deep` with a headless Chromium of its own. Without Chromium it is skipped with a
 * message; with `REQUIRE_CHROMIUM=1` it fails.
 */
export const browserTest = (
	title: string,
	body: (t: ExecutionContext, browser: Browser) => Promise<void>,
): void => {
	if (program !== undefined) {
		deepTest(title, async t => {
			const browser = await chromium.launch({
				executablePath: program,
				env: childEnvironment(temporaryFolder()),
			});
			try {
				await body(t, browser);
			} finally {
				await browser.close();
			}
		});
		return;
	}
	const missing = `${title} (Chromium is missing: \`apt-get install chromium\`, or name it in CHROMIUM)`;
	if (process.env.REQUIRE_CHROMIUM === '1')
		test.serial(missing, t => t.fail('Chromium is required but missing: run `apt-get install chromium`.'));
	else test.skip(missing, () => {});
};
