import type {BuildSource} from '../../source/session/perform/plan-build.js';
import {planRun} from '../../source/session/perform/plan-run.js';

/** What a command builds: of `docker build`s alone. */
export const buildSource = (command: string): BuildSource => {
	const {build} = planRun(command, 'buildkit', {version: '', buildx: null});
	if (!build) throw new Error(`${command} is no build.`);
	return build;
};
