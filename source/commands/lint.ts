import path from 'node:path';
import {readFolder} from '../storage/read-folder.js';
import {findFolder} from '../storage/workshop-files.js';
import {lintWorkshop} from '../workshop/lint/lint-workshop.js';
import {formatProblem} from '../workshop/problems.js';
import type {Command} from './options.js';
import {printJson, printLine} from './print.js';

/** `lint [folder]`: is this workshop sound? Runs nothing. */
export const lint: Command = async ([name], {workshop, json}) => {
	const {folder} = findFolder(name ?? workshop);
	// What knows Dockerfiles is heavy, and no other command needs it.
	const {lintTools} = await import('./lint-tools.js');
	const problems = lintWorkshop(readFolder(folder), lintTools);
	const passed = problems.length === 0;
	if (json) {
		printJson({passed, problems});
	} else {
		// A path that an editor or a terminal can open from here.
		const shown = path.relative('.', folder);
		for (const problem of problems)
			printLine(formatProblem({...problem, file: path.join(shown, problem.file)}));
		printLine(
			passed
				? `${shown || '.'}: no problems.`
				: `${problems.length} problem${problems.length === 1 ? '' : 's'}.`,
		);
	}
	return passed ? 0 : 1;
};
