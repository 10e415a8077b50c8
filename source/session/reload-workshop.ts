import type {Workshop} from '../workshop/model.js';
import {selectSteps} from './select/select.js';
import type {SessionState} from './state.js';

/**
 * The state after a file of the workshop was saved. The learner stays where they are; when their step has gone, at the
 * one that has its place. `workshop` null: the files can't be read, and the last sound pages stay.
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
	// What was read from Dockerfiles is read anew when it is shown.
	return {...state, workshop, stepId: step?.id ?? state.stepId, plans: {}, authoring};
};
