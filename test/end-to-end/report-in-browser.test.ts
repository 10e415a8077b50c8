import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import type {ExecutionContext} from 'ava';
import type {Browser} from 'playwright-core';
import {browserTest} from '../tools/browser.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';

/** In pixels of the page. */
type Place = {left: number; top: number; right: number; bottom: number; width: number; height: number};

/** What `measure-page.js` tells. */
type Measured = {
	pictures: Array<Place & {bars: Place[]; words: Array<Place & {text: string}>}>;
	/** Of each piece of text to its ground, as WCAG counts it. */
	contrasts: number[];
	ground: string;
	/** Of the page, as far as it can be scrolled. */
	width: number;
	text: string;
};

const measuring = readFileSync('test/tools/measure-page.js', 'utf8');

/** The chapter about BuildKit and what it needs: both builders, stages that are skipped and cached. */
const makeReport = async (): Promise<string> => {
	const cwd = temporaryFolder();
	await runCli(['run', 'buildkit', '--replay', '--report', 'r.html'], {cwd});
	return pathToFileURL(path.join(cwd, 'r.html')).href;
};
let report: Promise<string> | null = null;

/** Opens a report; it fails when that asks for anything besides itself, or is not content with itself. */
const measure = async (
	t: ExecutionContext,
	browser: Browser,
	{colorScheme, width = 900}: {colorScheme: 'light' | 'dark'; width?: number},
): Promise<Measured> => {
	report ??= makeReport();
	const url = await report;
	const page = await browser.newPage({colorScheme, viewport: {width, height: 1000}});
	const asked: string[] = [];
	const complaints: string[] = [];
	page.on('request', request => asked.push(request.url()));
	page.on('console', message => complaints.push(message.text()));
	page.on('pageerror', error => complaints.push(error.message));
	await page.goto(url);
	const measured = await page.evaluate<Measured>(measuring);
	t.deepEqual(asked, [url]);
	t.deepEqual(complaints, []);
	return measured;
};

browserTest('a browser shows the text of the report and asks for nothing else', async (t, browser) => {
	const {text} = await measure(t, browser, {colorScheme: 'light'});
	for (const words of [
		'Multi-stage builds',
		'This was a recording: nothing ran on this machine.',
		'BuildKit and build targets',
		'docker build -t simple:buildkit ./simple',
		'The build skipped test.',
		'✔ passed',
		'○ not done',
	]) {
		t.true(text.includes(words), `${words} in:\n${text}`);
	}
});

browserTest(
	'its pictures are laid out: bars of some size, and words that stay inside',
	async (t, browser) => {
		const {pictures} = await measure(t, browser, {colorScheme: 'light'});
		// Both builders' builds of two Dockerfiles, and the build of the tests.
		t.is(pictures.length, 3);
		for (const {bars, words, ...picture} of pictures) {
			t.true(picture.width > 600 && picture.height > 100, JSON.stringify(picture));
			t.true(bars.length > 0);
			for (const part of [...bars, ...words]) {
				const isInside =
					part.left >= picture.left &&
					part.right <= picture.right &&
					part.top >= picture.top &&
					part.bottom <= picture.bottom;
				t.true(part.width > 0 && part.height > 0 && isInside, JSON.stringify({part, picture}));
			}
			for (const name of ['base', 'final', '0 s'])
				t.true(
					words.some(({text}) => text === name),
					name,
				);
		}
	},
);

browserTest(
	'its bars stand where their time is: left and right beside or behind each other',
	async (t, browser) => {
		const {pictures} = await measure(t, browser, {colorScheme: 'light'});
		const parallel = pictures.find(({words}) => words.some(({text}) => text === 'left'));
		const [, left, right, , , leftToo, rightToo] = parallel?.bars ?? [];
		if (!left || !right || !leftToo || !rightToo) return t.fail('eight bars');
		t.true(right.left >= left.right - 1, 'the legacy builder built right behind left');
		t.true(rightToo.left < leftToo.right, 'BuildKit built both at the same time');
	},
);

const grounds = {light: 'rgb(255, 255, 255)', dark: 'rgb(21, 24, 29)'} as const;
for (const colorScheme of ['light', 'dark'] as const) {
	browserTest(`all of it can be read where the system is ${colorScheme}`, async (t, browser) => {
		const {ground, contrasts} = await measure(t, browser, {colorScheme});
		t.is(ground, grounds[colorScheme]);
		t.true(contrasts.length > 50);
		t.true(Math.min(...contrasts) >= 4.5, `${Math.min(...contrasts)}`);
	});
}

browserTest('on a telephone it fits the width', async (t, browser) => {
	const {width} = await measure(t, browser, {colorScheme: 'light', width: 360});
	t.true(width <= 360, `${width}`);
});
