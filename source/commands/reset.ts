import process from 'node:process';
import {findStep, openWorkshop, workshopProgressName} from '../app/open-workshop.js';
import {printLine} from '../app/output.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {createStepFileFilter} from '../session/lab-files.js';
import type {Progress} from '../session/passed-steps.js';
import {yesOrNo} from '../session/state.js';
import type {LabFile, LabFolderOnDisk} from '../storage/lab-folder.js';
import {createProgressStore} from '../storage/progress-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import type {Command} from './flags.js';

/**
 * `reset [step]`: forgets progress and restores the lab files, those that the step is about; a changed file is kept as
 * `<name>.mine`. Throws a `UserError` if it would have to ask and there is no terminal.
 */
export const reset: Command = async ([stepId], {workshop: name, dir, yes}) => {
	const open = openWorkshop(name, dir);
	const {workshop, lab} = open;
	const step = stepId === undefined ? null : findStep(workshop, stepId, () => true, 'step');
	const store = createProgressStore(stateFolder(), workshopProgressName(open, 'live'));
	const {progress, problem, readOnly} = store.load();
	if (readOnly && problem) throw new UserError(problem, {next: 'leave the other copy, then reset again'});
	const isMeant = step ? createStepFileFilter(step, workshop) : () => true;
	const files = lab.files().filter(({path, state}) => state !== 'ours' && isMeant(path));
	if (!yes && !process.stdin.isTTY) throw noTerminalError;
	const forgets = step ? `that the step ${step.id} passed` : `the progress of ${workshop.title}`;
	const answer = await createTerminalPrompt(yes)({
		title: 'Reset?',
		lines: [`forget ${forgets}`, ...files.map(file => describeFile(file, lab))],
		choices: yesOrNo('reset', 'leave everything'),
	});
	if (answer !== 'yes') {
		printLine('Nothing was changed.');
		return 0;
	}
	for (const {path} of files) lab.restore(path);
	const trouble = progress ? store.save(forget(progress, step)) : problem;
	if (trouble) throw new UserError(trouble);
	const recorded = createProgressStore(stateFolder(), workshopProgressName(open, 'recorded'));
	const replayed = recorded.load().progress;
	if (replayed) recorded.save(forget(replayed, step));
	printLine(`Forgotten: ${forgets}.`);
	for (const {path} of files)
		printLine(`${lab.readShipped(path) === null ? 'Removed' : 'Restored'}: ${path}.`);
	return 0;
};

const describeFile = ({path, state}: LabFile, lab: LabFolderOnDisk): string => {
	if (state === 'changed') return `restore ${path}, yours is kept as ${lab.mineOf(path)}`;
	if (state === 'missing') return `restore ${path}, which is missing`;
	return lab.readShipped(path) === null
		? `remove ${path}, which a solution put there`
		: `restore ${path}, which a solution changed`;
};

const forget = (progress: Progress, step: Step | null): Progress => {
	if (!step)
		return {...progress, stepId: null, passed: {}, hints: {}, hintsFor: {}, captured: {}, predictions: {}};
	const without = <Value>(values: Record<string, Value> = {}): Record<string, Value> =>
		Object.fromEntries(Object.entries(values).filter(([id]) => id !== step.id));
	const {passed, hints, hintsFor, predictions} = progress;
	return {
		...progress,
		passed: without(passed),
		hints: without(hints),
		hintsFor: without(hintsFor),
		predictions: without(predictions),
	};
};

const noTerminalError = new UserError(
	'Reset asks before it changes anything, and here is no terminal to ask on.',
	{
		next: 'agree to it beforehand: `multistage-workshop reset --yes`',
		exitCode: 2,
	},
);
