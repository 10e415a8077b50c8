import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import type {Step, Workshop} from '../workshop/model.js';
import {includeNeeds} from '../workshop/steps.js';
import {planStepBuild} from './plan/run-plan.js';
import type {LabFolder} from './ports.js';
import {selectStep, selectSteps} from './select.js';
import type {SessionState} from './state.js';

/** What to say about a `UserError`; any other error is thrown on. */
export const describeUserError = (error: unknown): string => {
	if (!(error instanceof UserError)) throw error;
	return error.next ? messages.session.problemWithAdvice(error.message, error.next) : error.message;
};

/** Writes the files that the lab folder lacks. Returns a sentence when that fails, else null. */
export const ensureLab = (lab: Pick<LabFolder, 'ensure'>): string | null => {
	try {
		lab.ensure();
		return null;
	} catch (error) {
		return describeUserError(error);
	}
};

/**
 * Tells which files of the lab folder a step is about: those that its checks name, and those in the folders of the
 * Dockerfiles that it builds, or that the steps build which it needs.
 */
export const createStepFileFilter = (step: Step, workshop: Workshop): ((file: string) => boolean) => {
	const steps = includeNeeds(
		workshop.chapters.flatMap(chapter => chapter.steps),
		[step],
	);
	const named = new Set(
		steps.flatMap(({checks}) => checks.flatMap(check => ('path' in check ? [check.path] : []))),
	);
	const builds = steps.flatMap(({command}) => planBuiltFiles(command) ?? []);
	return file => named.has(file) || builds.some(({folder}) => file.startsWith(folder));
};

/** What builds a file: the shown step, or a command of another one. */
export type FileBuild = {line: string; isShownStep: boolean};

/**
 * The build into which a file of the lab folder goes, as a Dockerfile or as a part of its context: that of the shown
 * step, else that of the last step before it, else the first one. Null when nothing builds it.
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

/** What a learner's command has written into the context, a log perhaps, is nothing to build. */
const isBuiltBy = ({kind, command}: Step, file: string, isShipped: boolean): boolean => {
	const built = kind === 'run' ? planBuiltFiles(command) : null;
	if (!built) return false;
	const {dockerfile, folder} = built;
	return file === dockerfile || (isShipped && folder !== '' && file.startsWith(folder));
};

/** The Dockerfile that a command builds, and its folder, as the context. */
const planBuiltFiles = (command: string | null): {dockerfile: string; folder: string} | null => {
	const dockerfile = planStepBuild(command)?.dockerfile;
	return dockerfile ? {dockerfile, folder: dockerfile.slice(0, dockerfile.lastIndexOf('/') + 1)} : null;
};
