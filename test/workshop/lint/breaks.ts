import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {planStepBuild} from '../../../source/session/plan/run-plan.js';
import {readFolder} from '../../../source/storage/files.js';
import {lintWorkshop} from '../../../source/workshop/lint/lint-workshop.js';
import {formatProblem} from '../../../source/workshop/problems.js';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';

/** What lint says of a folder, a line each. */
export const problemsIn = (folder: string): string[] =>
	lintWorkshop(readFolder(folder), planStepBuild).problems.map(formatProblem);

/** Changes the sound workshop in its folder. */
export type Change = (folder: string) => void;

/** Replaces the first `from` in a file. */
export const replace =
	(file: string, from: string, to: string): Change =>
	folder => {
		const text = readFileSync(path.join(folder, file), 'utf8');
		if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
		writeFileSync(
			path.join(folder, file),
			text.replace(from, () => to),
		);
	};

export const write =
	(file: string, text: string): Change =>
	folder =>
		writeFiles(folder, {[file]: text});

export const remove =
	(file: string): Change =>
	folder =>
		rmSync(path.join(folder, file), {recursive: true});

/** One after the other. */
export const both =
	(first: Change, second: Change): Change =>
	folder => {
		first(folder);
		second(folder);
	};

/** One change of the sound workshop gives exactly one problem, at its place. */
export const breaks = test.macro((t, change: Change, problem: string) => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	change(folder);
	t.deepEqual(problemsIn(folder), [problem]);
});
