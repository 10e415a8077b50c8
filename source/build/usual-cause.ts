import {type BuildCommand, clueOf, findCause} from './cause-clue.js';
import {commandCauses} from './command-causes.js';
import {copyCauses} from './copy-causes.js';
import {dockerfileCauses} from './dockerfile-causes.js';
import {imageCauses} from './image-causes.js';
import type {Build} from './model.js';
import {runCauses, startCauses} from './run-causes.js';

/**
 * Why a build usually fails like this, in one sentence, as builders of CLI 20.10 to 28 word it. What the engine says
 * counts before what a command has printed. Null when the build did not fail, or when no cause is sure.
 */
export const usualCause = (build: Build, command: BuildCommand | null = null): string | null =>
	build.failure ? findCause(causes, clueOf(build, build.failure, command)) : null;

const causes = [
	...commandCauses,
	...startCauses,
	...copyCauses,
	...imageCauses,
	...dockerfileCauses,
	...runCauses,
];
