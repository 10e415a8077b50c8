import type {BuildSource} from '../../source/session/plan/build-plan.js';
import {planRun} from '../../source/session/plan/run-plan.js';

/** The build of a command, which must be a `docker build`. */
export const buildSource = (command: string): BuildSource => {
	const {build} = planRun(command, 'buildkit', {version: '', buildx: null});
	if (!build) throw new Error(`${command} is no build.`);
	return build;
};
