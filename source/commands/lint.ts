import path from 'node:path';
import {openWorkshop} from '../app/open-workshop.js';
import {printJson, printLine, printMessage} from '../app/output.js';
import {onEndSignal} from '../app/process.js';
import {messages} from '../messages/index.js';
import {planStepBuild} from '../session/plan/run-plan.js';
import {readFolder} from '../storage/files.js';
import {findFolder} from '../storage/workshop-files.js';
import {type LintResult, lintWorkshop} from '../workshop/lint/lint-workshop.js';
import {formatProblem, formatWarning, type Problem} from '../workshop/problems.js';
import type {Command} from './flags.js';
import {obtainTrust} from './trust.js';

/**
 * `lint [folder]`: checks the files of a workshop. Runs nothing, except with `--engine`, which proves it on a real
 * engine. Warnings count only with `--strict`.
 */
export const lint: Command = async ([name], options) => {
	const {workshop, json, strict} = options;
	const {folder} = findFolder(name ?? workshop);
	const {problems, warnings, steps} = lintWorkshop(readFolder(folder), planStepBuild);
	const abort = new AbortController();
	if (options.engine && problems.length === 0) {
		onEndSignal(exitCode => abort.abort(exitCode));
		problems.push(...(await prove(name ?? workshop, options, abort.signal)));
	}
	const passed = problems.length === 0 && !(strict && warnings.length > 0);
	if (abort.signal.aborted) return Number(abort.signal.reason);
	if (json) printJson({passed, problems, warnings, steps});
	else printFindings({problems, warnings, steps}, path.relative('.', folder));
	return passed ? 0 : 1;
};

/** `shown`: the folder as it is shown. Relative paths can be opened from an editor or a terminal. */
const printFindings = ({problems, warnings, steps}: LintResult, shown: string): void => {
	const inFolder = (problem: Problem) => ({...problem, file: path.join(shown, problem.file)});
	for (const problem of problems) printLine(formatProblem(inFolder(problem)));
	for (const warning of warnings) printLine(formatWarning(inFolder(warning)));
	const {active, sound, soundWithWarnings, problems: describeCount} = messages.commands.lint;
	const place = shown || '.';
	// The kind of an unreadable step is unknown.
	if (problems.length === 0) printLine(active(steps.active, steps.all));
	if (problems.length > 0) printLine(describeCount(problems.length, warnings.length));
	else printLine(warnings.length === 0 ? sound(place) : soundWithWarnings(place, warnings.length));
};

/** Proves a workshop without lint problems on an engine, once it is shipped or trusted. */
const prove = async (
	nameOrFolder: string,
	options: Parameters<Command>[1],
	signal: AbortSignal,
): Promise<Problem[]> => {
	const open = openWorkshop(nameOrFolder, null);
	const demandConsent = await obtainTrust(open, options);
	const {lintOnEngine} = await import('../app/prove-workshop.js');
	const builder = options.builder ?? 'buildkit';
	return lintOnEngine(open, {builder, say: printMessage, demandConsent, signal});
};
