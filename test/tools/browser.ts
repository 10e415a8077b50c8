import test, {type ExecutionContext} from 'ava';
import type {Browser} from 'playwright-core';
import {childEnvironment, temporaryFolder} from './child-environment.js';
import {chromiumPath, launchChromium} from './chromium.js';
import {deepTest} from './deep.js';

/**
 * Declares a test for `npm run test:deep` with a headless Chromium of its own. Without Chromium it is skipped with a
 * message; with `REQUIRE_CHROMIUM=1` it fails.
 */
export const browserTest = (
	title: string,
	body: (t: ExecutionContext, browser: Browser) => Promise<void>,
): void => {
	if (chromiumPath !== undefined) {
		deepTest(title, async t => {
			const browser = await launchChromium(childEnvironment(temporaryFolder()));
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
