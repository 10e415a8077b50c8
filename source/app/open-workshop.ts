import path from 'node:path';
import {messages} from '../messages/index.js';
import type {Owner} from '../ownership/ledger.js';
import {chooseLab, createLabFolder} from '../storage/lab-folder.js';
import {progressName, readLabFolder} from '../storage/progress-store.js';
import {stateFolder} from '../storage/state-folder.js';
import {
	defaultWorkshop,
	findWorkshop,
	isPlainFolder,
	readWorkshopFile,
	readWorkshopFiles,
} from '../storage/workshop-files.js';
import {quotePath, rememberCurrentWorkshop} from '../text/shell-commands.js';
import {UserError} from '../text/user-error.js';
import {didYouMean} from '../text/wording.js';
import type {Overlay, Step, Workshop} from '../workshop/model.js';
import {hashTexts, parseOverlay, parseWorkshop} from '../workshop/parse-workshop.js';
import {parsedWorkshops} from '../workshop/parsed-workshops.js';
import {listPatches} from '../workshop/patches.js';
import {formatProblem} from '../workshop/problems.js';

/** An open workshop, with its folder and the learner's copy of its files. */
export type OpenWorkshop = ReturnType<typeof openWorkshop>;

/** Finds and reads a workshop. Throws a `UserError` that names the first problems in its files. */
export const openWorkshop = (nameOrFolder: string, dir: string | null) => {
	const {folder, shipped} = findWorkshop(nameOrFolder);
	const workshop = readWorkshop(folder);
	const missing = workshop.contexts.find(context => !isPlainFolder(path.join(folder, context)));
	if (missing !== undefined) {
		const reason = messages.app.workshop.noFolder(folder, missing);
		throw new UserError(reason, {next: lintHint(folder), exitCode: 2});
	}
	const owner: Owner = {id: workshop.id, argument: shipped ? workshop.id : quotePath(folder)};
	rememberCurrentWorkshop({
		...owner,
		isDefault: shipped && workshop.id === defaultWorkshop,
	});
	const labIn = (place: string) =>
		createLabFolder(place, {
			shipped: folder,
			contexts: workshop.contexts,
			patches: listPatches(workshop),
			stateFolder: stateFolder(),
		});
	const known = (['live', 'recorded'] as const)
		.map(kind => readLabFolder(stateFolder(), progressName({id: workshop.id, folder, shipped}, kind)))
		.filter(place => place !== null);
	const {id, contexts} = workshop;
	return {
		workshop,
		folder,
		/** Whether it comes with the program, so that it needs no trust. */
		shipped,
		/** The workshop, as the ledger names it. */
		owner,
		lab: labIn(chooseLab(dir, {id, folder, contexts, known})),
		/** The shipped solution of a challenge. Throws a `UserError` if there is none. */
		solutionOf: (stepId: string) => readSolution(folder, stepId),
		/** Returns the learner's copy of its files in another folder. */
		labIn,
	};
};

/** Reads a workshop without opening it. Throws a `UserError` that names the first problems in its files. */
export const readWorkshop = (folder: string): Workshop => {
	const files = readWorkshopFiles(folder);
	const parsed = parsedWorkshops[hashTexts(files)];
	if (parsed !== undefined) return JSON.parse(parsed) as Workshop;
	const {workshop, problems} = parseWorkshop(files);
	if (workshop) return workshop;
	const shown = problems
		.slice(0, 3)
		.map(problem => formatProblem({...problem, file: path.join(folder, problem.file)}));
	const say = messages.app.workshop;
	if (problems.length > 3) shown.push(say.andMore(problems.length - 3));
	throw new UserError(say.invalid(folder, shown), {next: lintHint(folder), exitCode: 2});
};

const lintHint = (folder: string) => messages.app.workshop.lint(quotePath(folder));

const readSolution = (folder: string, stepId: string): Overlay => {
	const file = `solutions/${stepId}/run.yaml`;
	const text = readWorkshopFile(folder, file);
	if (text === null) throw new UserError(messages.app.workshop.noSolution(stepId, file));
	const {overlay, problems} = parseOverlay(file, text);
	if (!overlay) throw new UserError(messages.app.workshop.invalidSolution(problems.map(formatProblem)));
	return overlay;
};

/** The name under which the progress of a workshop is saved. */
export const workshopProgressName = (
	{workshop, folder, shipped}: OpenWorkshop,
	kind: 'live' | 'recorded',
): string => progressName({id: workshop.id, folder, shipped}, kind);

/** The step with this ID; without an ID, the last one that is not optional. Throws a `UserError` that lists the IDs. */
export const findStep = (
	{chapters}: Workshop,
	id: string | undefined,
	isWanted: (step: Step) => boolean,
	what: 'step' | 'challenge',
): Step => {
	const steps = chapters.flatMap(chapter => chapter.steps).filter(isWanted);
	const step =
		id === undefined
			? (steps.findLast(({optional}) => !optional) ?? steps[0])
			: steps.find(candidate => candidate.id === id);
	if (step) return step;
	const known = steps.map(candidate => candidate.id);
	const {noSuchStep, noSuchChallenge} = messages.app.workshop;
	const reason = (what === 'step' ? noSuchStep : noSuchChallenge)(id ?? '', known);
	throw new UserError(`${reason}${didYouMean(id ?? '', known)}`, {exitCode: 2});
};
