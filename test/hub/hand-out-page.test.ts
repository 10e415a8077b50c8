import http from 'node:http';
import type {AddressInfo} from 'node:net';
import axe from 'axe-core';
import {createHandOut} from '../../source/hub/hand-out.js';
import {atExit} from '../tools/at-exit.js';
import {browserTest} from '../tools/browser.js';
import {writeHandOutPack} from './hand-out-pack.js';

const pack = await writeHandOutPack();
const server = http.createServer();
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
atExit(() => {
	server.close();
	server.closeAllConnections();
});
const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
const title = 'Docker in a day, <b>with</b> stages';
server.on('request', createHandOut({folder: pack.folder, manifest: pack.bytes, title, address}));

const sizes = {laptop: {width: 1280, height: 800}, phone: {width: 390, height: 844}};

for (const [size, viewport] of Object.entries(sizes)) {
	for (const colorScheme of ['light', 'dark'] as const) {
		browserTest(`the page for learners can be used by all, ${size}, ${colorScheme}`, async (t, browser) => {
			// Scripts are allowed for axe alone.
			const context = await browser.newContext({viewport, colorScheme, bypassCSP: true});
			const page = await context.newPage();
			await page.goto(`http://${address}/`);
			const closed = page.locator('details:not([open]) > summary');
			for (let left = await closed.count(); left > 0; left--) {
				await closed.first().focus();
				await page.keyboard.press('Enter');
			}
			await page.evaluate(axe.source);
			const violations = await page.evaluate(
				'axe.run().then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]))',
			);
			t.deepEqual(violations, []);
			t.is(await page.locator('details[open]').count(), await page.locator('details').count());
			t.is(await page.locator('h1').textContent(), title);
			t.true(((await page.evaluate('document.documentElement.scrollWidth')) as number) <= viewport.width);
		});
	}
}

browserTest('the page is not allowed to run anything, and its style is applied', async (t, browser) => {
	const page = await browser.newPage();
	const complaints: string[] = [];
	page.on('console', message => complaints.push(message.text()));
	const answer = await page.goto(`http://${address}/`);
	t.regex(answer?.headers()['content-security-policy'] ?? '', /^default-src 'none'; style-src 'sha256-/);
	t.is(await page.locator('script').count(), 0);
	t.not(
		await page
			.locator('pre.line')
			.first()
			.evaluate(
				'document.querySelector("pre.line") && getComputedStyle(document.querySelector("pre.line")).borderLeftWidth',
			),
		'0px',
	);
	const download = page.waitForEvent('download');
	await page.locator('summary', {hasText: 'curl'}).click();
	await page.locator('a[download]').click();
	t.is((await download).suggestedFilename(), 'multistage-workshop.mjs');
	t.deepEqual(
		complaints.filter(text => !/favicon/.test(text)),
		[],
	);
});
