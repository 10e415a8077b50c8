import type {Step, Workshop} from '../../source/workshop/model.js';
import type {FakeSessionOptions} from '../tools/fakes/open-fake-session.js';
import {askFirst} from '../tools/question-steps.js';
import {foreignWorkshop} from './foreign-workshop.js';

/** At a question, in Cyrillic letters. */
export const asking = (stepId: string): FakeSessionOptions => ({
	stepId,
	passed: [],
	changeWorkshop: workshop => foreignWorkshop(askFirst(workshop)),
});

/** A workshop in Cyrillic letters that asks how long each step will take. */
export const predictEach = (workshop: Workshop): Workshop => {
	const asks = (step: Step): Step => ({
		...step,
		predict: {about: 'seconds', tolerance: null, resolves: 'Жжж жж.'},
	});
	const chapters = workshop.chapters.map(one => ({...one, steps: one.steps.map(asks)}));
	return foreignWorkshop({...workshop, chapters});
};
