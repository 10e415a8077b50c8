import type {Workshop} from '../workshop/model.js';
import {keepPassed} from './passed-steps.js';
import {selectSteps} from './select/select.js';
import type {SessionState} from './state.js';

/**
 * The state after a file of the workshop was saved. The learner stays where they are; when their step has gone, at the
 * one that has its place. `workshop` null: the files can't be read, and the last sound pages stay. A step
 * whose command or checks are others now has to be passed again.
 */
export const reloadWorkshop = (
	state: SessionState,
	{workshop, problems}: {workshop: Workshop | null; problems: string[]},
): SessionState => {
	const authoring = {problems, isStale: workshop === null};
	if (!workshop) return {...state, authoring};
	const steps = workshop.chapters.flatMap(chapter => chapter.steps);
	const place = selectSteps(state).findIndex(({id}) => id === state.stepId);
	const step = steps.find(({id}) => id === state.stepId) ?? steps[Math.min(place, steps.length - 1)];
	const {passed, captured} = keepPassed(workshop, state);
	// What was read from Dockerfiles is read anew when it is shown.
	return {...state, workshop, passed, captured, stepId: step?.id ?? state.stepId, plans: {}, authoring};
};
