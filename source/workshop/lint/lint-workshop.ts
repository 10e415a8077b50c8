import {messages} from '../../messages/index.js';
import {parseWorkshop} from '../parse-workshop.js';
import {createReport, type Problem} from '../problems.js';
import {lintAnswers} from './lint-answers.js';
import {lintChecks, lintProofs} from './lint-checks.js';
import {lintCommands, lintPlaceholders} from './lint-commands.js';
import {lintContexts, lintEntries, lintNames} from './lint-files.js';
import {lintRecordings} from './lint-recordings.js';
import {lintTexts} from './lint-texts.js';
import type {FolderEntry, LintSubject, LintTools} from './subject.js';

const rules: Array<(subject: LintSubject) => void> = [
	lintEntries,
	lintNames,
	lintContexts,
	lintCommands,
	lintPlaceholders,
	lintChecks,
	lintProofs,
	lintTexts,
	lintAnswers,
	lintRecordings,
];

/** Everything that can be told to be wrong in a workshop's folder without an engine, in the order of files and lines. */
export const lintWorkshop = (entries: FolderEntry[], tools: LintTools): Problem[] => {
	const texts = entries.flatMap(({path, text}) =>
		text !== null && !path.includes('/') ? [[path, text] as const] : [],
	);
	const byPath = new Map(entries.map(entry => [entry.path, entry]));
	const {problems: unreadable, draft} = parseWorkshop(new Map(texts));
	const cover = byPath.get('workshop.md');
	// What the loader says of a file that is not there or can't be read is no news.
	const problems = unreadable.filter(({file}) => file !== 'workshop.md' || typeof cover?.text === 'string');
	const report: LintSubject['report'] = (file, message, place) =>
		createReport(problems, file)(message, place);
	if (!cover) report('workshop.md', messages.workshop.cover.missing);
	const steps = draft.chapters
		.flatMap(chapter => chapter.steps)
		.flatMap(step => {
			const source = draft.sources.get(step);
			return source ? [{step, source}] : [];
		});
	for (const rule of rules) rule({entries: byPath, draft, steps, tools, report});
	return problems.sort(
		(a, b) =>
			compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
	);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
