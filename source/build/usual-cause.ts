import {type Cause, clueOf, findCause} from './cause-clue.js';
import {copyCauses} from './copy-causes.js';
import {dockerfileCauses} from './dockerfile-causes.js';
import {imageCauses} from './image-causes.js';
import type {Build} from './model.js';
import {runCauses} from './run-causes.js';

/**
 * Why a build usually fails with such words, in one sentence, as builders of CLI 20.10 to 28 word it. Null when it did
 * not fail, or when its words say nothing of the kind.
 */
export const usualCause = (build: Build): string | null => {
	if (!build.failure) return null;
	const clue = clueOf(build, build.failure);
	const keyword = /^\w+/.exec(clue.instruction)?.[0].toUpperCase() ?? '';
	return findCause([...(causesOf[keyword] ?? imageCauses), ...dockerfileCauses], clue);
};

/** What goes wrong with an instruction; any other, or none, may be about an image. */
const causesOf: Record<string, Cause[]> = {
	RUN: runCauses,
	COPY: [...copyCauses, ...imageCauses],
	ADD: copyCauses,
};
