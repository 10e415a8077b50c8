import {messages} from '../../messages/index.js';
import {parseWorkshop} from '../parse-workshop.js';
import {patchText} from '../patches.js';
import {createReport, type Problem} from '../problems.js';
import {countSteps, lintActivity, type StepCount} from './lint-activity.js';
import {lintAnswers, lintBroken} from './lint-answers.js';
import {lintChecks, lintProofs} from './lint-checks.js';
import {lintCommands, lintPlaceholders} from './lint-commands.js';
import {lintContexts, lintEntries, lintNames} from './lint-files.js';
import {lintLab} from './lint-lab.js';
import {lintPatches} from './lint-patches.js';
import {lintPredictions, lintQuestions} from './lint-questions.js';
import {lintRecordings} from './lint-recordings.js';
import {lintTexts} from './lint-texts.js';
import {type FolderEntry, type LintSubject, locateCommand, type PlannedBuild} from './subject.js';

const rules: Array<(subject: LintSubject) => void> = [
	lintEntries,
	lintNames,
	lintContexts,
	lintCommands,
	lintPlaceholders,
	lintChecks,
	lintPatches,
	lintProofs,
	lintTexts,
	lintQuestions,
	lintPredictions,
	lintAnswers,
	lintBroken,
	lintRecordings,
	lintLab,
	lintActivity,
];

/** What lint finds in a workshop's folder, each list in the order of files and lines. */
export type LintResult = {
	problems: Problem[];
	/** What may be meant so, but weakens the workshop. */
	warnings: Problem[];
	/** How many steps ask for something of the learner's own, and how many there are. */
	steps: StepCount;
};

/**
 * Returns everything about a workshop's folder that can be found without an engine. `planBuild`: plans the build of a
 * command.
 */
export const lintWorkshop = (
	entries: FolderEntry[],
	planBuild: (
		command: string | null,
	) => (Omit<PlannedBuild, 'dockerfile'> & {dockerfile: string | null}) | null,
): LintResult => {
	const texts = entries.flatMap(({path, text}) =>
		text !== null && !path.includes('/') ? [[path, text] as const] : [],
	);
	const byPath = new Map(entries.map(entry => [entry.path, entry]));
	const {problems: unreadable, draft} = parseWorkshop(new Map(texts));
	const cover = byPath.get('workshop.md');
	// A missing or unreadable file is reported elsewhere.
	const problems = unreadable.filter(({file}) => file !== 'workshop.md' || typeof cover?.text === 'string');
	const warnings: Problem[] = [];
	const report: LintSubject['report'] = (file, message, place) =>
		createReport(problems, file)(message, place);
	const warn: LintSubject['warn'] = (file, message, place) => createReport(warnings, file)(message, place);
	if (!cover) report('workshop.md', messages.workshop.cover.missing);
	const subject: LintSubject = {
		entries: byPath,
		draft,
		contexts: draft.cover?.value.contexts ?? null,
		steps: [...draft.sources].map(([step, source]) => ({
			step,
			source,
			report: (message, ...keys) => report(step.file, message, source.locate(...keys)),
			reportCommand: (message, piece) => report(step.file, message, locateCommand(step, source, piece)),
			warn: (message, ...keys) => warn(step.file, message, source.locate(...keys)),
			warnCommand: (message, piece) => warn(step.file, message, locateCommand(step, source, piece)),
		})),
		textAt(step, path) {
			const steps = [...draft.sources.keys()];
			const patches = steps
				.slice(0, step ? steps.indexOf(step) + 1 : 0)
				.flatMap(one => one.patches)
				.filter(({file}) => file === path);
			const shipped = byPath.get(path)?.text ?? null;
			return patches.reduce(
				(text, patch) => (text === null ? null : (patchText(text, patch) ?? text)),
				shipped,
			);
		},
		isBuild: command => planBuild(command) !== null,
		planBuild(command) {
			const {dockerfile = null, ...build} = planBuild(command) ?? {};
			return dockerfile === null ? null : ({dockerfile, ...build} as PlannedBuild);
		},
		report,
		warn,
	};
	for (const rule of rules) rule(subject);
	return {
		problems: problems.sort(byPlace),
		warnings: warnings.sort(byPlace),
		steps: countSteps(subject.steps.map(({step}) => step)),
	};
};

const byPlace = (a: Problem, b: Problem): number =>
	compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
