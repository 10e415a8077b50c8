import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import type {Step, Workshop} from '../workshop/model.js';
import {patchedFiles} from '../workshop/patches.js';
import {listShownFiles} from '../workshop/shown-files.js';
import {includeNeeds} from '../workshop/steps.js';
import {planStepBuild} from './plan/run-plan.js';
import type {LabFolder} from './ports.js';
import {selectStep, selectSteps} from './select.js';
import type {SessionState} from './state.js';

/** Formats a `UserError` as a notice; throws any other error again. */
export const describeUserError = (error: unknown): string => {
	if (!(error instanceof UserError)) throw error;
	return error.next ? messages.text.withNext(error.message, error.next) : error.message;
};

/** Writes the missing files of the lab folder. Returns one sentence if that fails, else null. */
export const ensureLab = (lab: Pick<LabFolder, 'ensure'>): string | null => {
	try {
		lab.ensure();
		return null;
	} catch (error) {
		return describeUserError(error);
	}
};

/**
 * Returns a filter for the lab files that belong to a step: those named by its checks, those that its text shows or changes,
 * those of its needed steps, and all files in the folders of the Dockerfiles that these steps build.
 */
export const createStepFileFilter = (step: Step, workshop: Workshop): ((file: string) => boolean) => {
	const steps = includeNeeds(
		workshop.chapters.flatMap(chapter => chapter.steps),
		[step],
	);
	const named = new Set(
		steps.flatMap(step => [
			...step.checks.flatMap(check => ('path' in check ? [check.path] : [])),
			...listShownFiles(step),
			...patchedFiles(step.patches),
		]),
	);
	const builds = steps.flatMap(({command}) => planBuiltFiles(command) ?? []);
	return file => named.has(file) || builds.some(({folder}) => file.startsWith(folder));
};

/** The command that builds a file, of the shown step or of another one. */
export type FileBuild = {line: string; isShownStep: boolean};

/**
 * The build that uses a file of the lab folder, as its Dockerfile or as part of its context: of the shown step, else of
 * the closest step before it, else of the first one after it. Null if no step builds it.
 */
export const findBuildForFile = (
	file: string,
	{isShipped, state}: {isShipped: boolean; state: SessionState},
): FileBuild | null => {
	const steps = selectSteps(state);
	const shown = selectStep(state);
	const at = steps.indexOf(shown);
	const nearest = [...steps.slice(0, at + 1).reverse(), ...steps.slice(at + 1)];
	const builder = nearest.find(step => isBuiltBy(step, file, isShipped));
	return builder?.command ? {line: builder.command, isShownStep: builder === shown} : null;
};

/** Whether a step builds a file. Files that a learner's command wrote into a context, such as logs, don't count. */
const isBuiltBy = ({kind, command}: Step, file: string, isShipped: boolean): boolean => {
	const built = kind === 'run' ? planBuiltFiles(command) : null;
	if (!built) return false;
	const {dockerfile, folder} = built;
	return file === dockerfile || (isShipped && folder !== '' && file.startsWith(folder));
};

/** The Dockerfile that a command builds, and its folder, which is taken for the context; null if it builds none. */
const planBuiltFiles = (command: string | null): {dockerfile: string; folder: string} | null => {
	const dockerfile = planStepBuild(command)?.dockerfile;
	return dockerfile ? {dockerfile, folder: dockerfile.slice(0, dockerfile.lastIndexOf('/') + 1)} : null;
};
