import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {writeHandIn} from '../../source/classroom/hand-in.js';
import {browserTest} from '../tools/browser.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {createRandom} from '../tools/create-random.js';
import {createLearners} from '../tools/results.js';
import {runCli} from '../tools/run-cli.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Thirty learners, and one file that was changed. */
const makeResults = async (): Promise<string> => {
	const cwd = temporaryFolder();
	for (const [index, {key, name, results}] of createLearners(31, createRandom(5)).entries()) {
		const text = writeHandIn(key, {name, results, answers: []});
		const changed = index === 30 ? text.replace(/"seconds":\d+/, '"seconds":9999') : text;
		writeFileSync(path.join(cwd, `${index}.workshop.json`), changed);
	}
	await runCli(['class', 'collect', '.'], {cwd});
	return pathToFileURL(path.join(cwd, 'class.html')).href;
};
let made: Promise<string> | null = null;

type Violation = {id: string; nodes: Array<{html: string}>};

for (const [what, colorScheme, width] of [
	['light', 'light', 1280],
	['dark', 'dark', 1280],
	['on a phone', 'light', 360],
] as const) {
	browserTest(`the results of a class are accessible: ${what}`, async (t, browser) => {
		made ??= makeResults();
		const url = await made;
		const page = await browser.newPage({colorScheme, viewport: {width, height: 800}});
		const asked: string[] = [];
		page.on('request', request => asked.push(request.url()));
		await page.goto(url);
		t.deepEqual(asked, [url]);
		const pageWidth = await page.evaluate<number>('document.documentElement.scrollWidth');
		t.true(pageWidth <= width, `${pageWidth} of ${width} pixels`);
		await page.evaluate(axe);
		const {violations} = await page.evaluate<{violations: Violation[]}>('axe.run()');
		t.deepEqual(
			violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html}`),
			[],
		);
	});
}
