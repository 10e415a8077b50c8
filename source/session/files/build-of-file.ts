import type {Step} from '../../workshop/model.js';
import {planRun} from '../perform/plan-run.js';
import {selectStep, selectSteps} from '../select/select.js';
import type {SessionState} from '../state.js';

/** What builds a file: the shown step, or a command of another one. */
export type FileBuild = {line: string; isShownStep: boolean};

/**
 * The build into which a file of the lab folder goes, as a Dockerfile or as a part of its context: that of the shown
 * step, else that of the last step before it, else the first one. Null when nothing builds it.
 */
export const buildOfFile = (
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
	if (kind !== 'run' || command === null) return false;
	const dockerfile = planRun(command, 'buildkit', {version: '', buildx: null}).build?.dockerfile;
	if (!dockerfile) return false;
	const folder = dockerfile.slice(0, dockerfile.lastIndexOf('/') + 1);
	return file === dockerfile || (isShipped && folder !== '' && file.startsWith(folder));
};
