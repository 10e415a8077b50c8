import process from 'node:process';
import {findStep, openWorkshop, workshopProgressName} from '../app/open-workshop.js';
import {printLine} from '../app/output.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {messages} from '../messages/index.js';
import {createStepFileFilter} from '../session/lab-files.js';
import type {Progress} from '../session/passed-steps.js';
import {yesOrNo} from '../session/state.js';
import type {LabFile, LabFolderOnDisk} from '../storage/lab-folder.js';
import {createProgressStore} from '../storage/progress-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {listOverlayFiles} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import type {Step} from '../workshop/model.js';
import {patchesBefore} from '../workshop/patches.js';
import {brokenFolder} from '../workshop/steps.js';
import type {Command} from './flags.js';

/**
 * `reset [step]`: forgets progress and restores lab files, of the given step as they are when it begins, or all. A changed file is kept as
 * `<name>.mine`. Throws a `UserError` if it has to ask without a terminal.
 */
export const reset: Command = async ([stepId], {workshop: name, dir, yes}) => {
	const say = messages.commands.reset;
	const open = openWorkshop(name, dir);
	const {workshop, lab} = open;
	const step = stepId === undefined ? null : findStep(workshop, stepId, () => true, 'step');
	const store = createProgressStore(stateFolder(), workshopProgressName(open, 'live'));
	const {progress, problem, readOnly} = store.load();
	if (readOnly && problem) throw new UserError(problem, {next: say.otherCopy});
	const isOfStep = step ? createStepFileFilter(step, workshop) : () => true;
	const isRepair = step?.kind === 'repair';
	const broken = isRepair ? listOverlayFiles(open.folder, brokenFolder(step)).map(({file}) => file) : [];
	const files = lab
		.files()
		.filter(({path, state}) => state !== 'ours' && (isOfStep(path) || broken.includes(path)));
	if (!yes && !process.stdin.isTTY)
		throw new UserError(say.noTerminal, {next: say.agreeBeforehand, exitCode: 2});
	const answer = await createTerminalPrompt(yes)({
		title: say.title,
		lines: [
			step ? say.forgetStep(step.id) : say.forgetProgress(workshop.title),
			...files.map(file => describeFile(file, lab)),
		],
		choices: yesOrNo(say.yes, say.no),
	});
	if (answer !== 'yes') {
		printLine(say.nothingChanged);
		return 0;
	}
	for (const {path} of files) lab.restore(path);
	// Its own patches fit only what the steps before it have left.
	if (step)
		lab.applyPatches(
			patchesBefore(step, workshop).filter(({file}) => isOfStep(file)),
			[],
		);
	if (isRepair) lab.applyOverlay(brokenFolder(step));
	const trouble = progress ? store.save(forget(progress, step)) : problem;
	if (trouble) throw new UserError(trouble);
	const recorded = createProgressStore(stateFolder(), workshopProgressName(open, 'recorded'));
	const replayed = recorded.load().progress;
	if (replayed) recorded.save(forget(replayed, step));
	printLine(step ? say.forgotStep(step.id) : say.forgotProgress(workshop.title));
	const stays = (path: string) => lab.readShipped(path) !== null || broken.includes(path);
	for (const {path} of files) printLine((stays(path) ? say.restored : say.removed)(path));
	return 0;
};

const describeFile = ({path, state}: LabFile, lab: LabFolderOnDisk): string => {
	const {restoreChanged, restoreMissing, removeSolved, restoreSolved} = messages.commands.reset;
	if (state === 'changed') return restoreChanged(path, lab.mineOf(path));
	if (state === 'missing') return restoreMissing(path);
	return (lab.readShipped(path) === null ? removeSolved : restoreSolved)(path);
};

const forget = (progress: Progress, step: Step | null): Progress => {
	if (!step) {
		const nothing = {
			passed: {},
			hints: {},
			hintsFor: {},
			captured: {},
			predictions: {},
			answers: {},
			efforts: {},
			begun: {},
		};
		return {...progress, stepId: null, ...nothing};
	}
	const without = <Value>(values: Record<string, Value> = {}): Record<string, Value> =>
		Object.fromEntries(Object.entries(values).filter(([id]) => id !== step.id));
	const {passed, hints, hintsFor, predictions, answers, efforts, begun} = progress;
	return {
		...progress,
		passed: without(passed),
		hints: without(hints),
		hintsFor: without(hintsFor),
		predictions: without(predictions),
		answers: without(answers),
		efforts: without(efforts),
		begun: without(begun),
	};
};
