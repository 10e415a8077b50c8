import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {collect} from '../classroom/collect.js';
import {messages} from '../messages/index.js';
import {isKeptClass, readCollected} from '../storage/collected-files.js';
import {shippedNames} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import type {Command} from './flags.js';

/**
 * `class collect <folder…>`: merges hand-in files and kept classes into `class.html`, `class.csv` and `class.json`, or
 * into files that are named like `--report`. `--json` prints the document instead. Exits with 1 if something in the
 * files is damaged or was changed.
 */
export const classCollect: Command = async (places, {json, report}) => {
	const say = messages.results.collect;
	if (places.length === 0) throw new UserError(say.noFolder, {next: say.nameFolder, exitCode: 2});
	const targets = json && report === null ? [] : chooseTargets(report ?? 'class.html');
	const files = readCollected(places);
	if (files.length === 0) throw new UserError(say.nothing(places), {exitCode: 2});
	const titles = readTitles();
	const order = new Map([...titles].map(([id, {steps}]) => [id, [...steps.keys()]]));
	const collection = collect(files, order);
	for (const {file, problems} of files)
		for (const problem of problems) printMessage(messages.results.problem(file, problem));
	// Loaded on demand: they are of no use to other commands.
	const [{resultsHtml}, {resultsCsv}] = await Promise.all([
		import('../report/results-html.js'),
		import('../report/results-csv.js'),
	]);
	const texts: Record<string, () => string> = {
		'.html': () => resultsHtml(collection, titles),
		'.csv': () => resultsCsv(collection),
		'.json': () => `${JSON.stringify({format: 1, ...collection}, null, '\t')}\n`,
	};
	for (const file of targets) write(file, texts[path.extname(file)]?.() ?? '');
	if (json) printJson(collection);
	if (targets.length > 0) {
		const written = say.written(collection.seats.length, files.length, targets);
		if (json) printMessage(written);
		else printLine(written);
	}
	return files.some(({problems}) => problems.length > 0) ? 1 : 0;
};

/** The three files, beside each other. */
const chooseTargets = (report: string): string[] => {
	const say = messages.results.collect;
	if (!report.endsWith('.html')) throw new UserError(say.reportHtml(report), {exitCode: 2});
	const targets = ['.html', '.csv', '.json'].map(ending => report.replace(/\.html$/, ending));
	const kept = targets.find(isKeptClass);
	if (kept !== undefined) throw new UserError(say.keptClass(kept), {next: say.elsewhere, exitCode: 2});
	return targets;
};

const write = (file: string, text: string): void => {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new UserError(messages.results.collect.notWritten(file, describeError(error)), {cause: error});
	}
};

/** The titles of the workshops that come with the program, and of their steps, in order. */
const readTitles = () =>
	new Map(
		shippedNames().map(name => {
			const {id, title, chapters} = openWorkshop(name, null).workshop;
			const steps = new Map(chapters.flatMap(chapter => chapter.steps.map(step => [step.id, step.title])));
			return [id, {title, steps}] as const;
		}),
	);
