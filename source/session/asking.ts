import type {Step} from '../workshop/model.js';
import {hasSeveralRight} from '../workshop/questions.js';
import {selectPlan, selectRun, selectStep} from './select.js';
import {defineSlice} from './slice.js';
import type {SessionState} from './state.js';

/** What the shown step asks the learner: a question, or what they expect of its run. */
export type Asking = {
	/** A question is judged at once, a prediction by the run. */
	kind: 'question' | 'prediction';
	/** The options to tick, as the learner reads them; empty if the answer is typed. */
	options: string[];
	/** Whether only one of them can be ticked. */
	isSingle: boolean;
	/** The ticked options, or the one text that was typed; empty if there is no answer yet. */
	given: string[];
};

/** The options ticked for a question that are not its answer yet; null if there are none. */
export const draftAnswer = defineSlice<{stepId: string; ticked: string[]} | null>('draft-answer', null);

/** The options of the shown question that are ticked, but not given as the answer; empty if there are none. */
export const selectDraft = (state: SessionState): string[] => {
	const draft = draftAnswer.of(state);
	return draft?.stepId === state.stepId ? draft.ticked : [];
};

/** What the shown step asks; null if nothing, or if it is too late for a prediction. */
export const selectAsking = (state: SessionState): Asking | null => {
	const step = selectStep(state);
	const {question} = step;
	if (question) {
		const isChoice = question.asks === 'choice';
		const draft = selectDraft(state);
		return {
			kind: 'question',
			options: isChoice ? question.answers.map(({label}) => label) : [],
			isSingle: !isChoice || !hasSeveralRight(question.answers),
			given: draft.length > 0 ? draft : (state.answers[step.id]?.given ?? []),
		};
	}
	if (!step.predict || !isBeforeRun(state)) return null;
	const options = predictionOptions(step, state);
	return (
		options && {
			kind: 'prediction',
			options,
			isSingle: step.predict.about === 'line' || step.predict.about === 'bigger',
			given: state.predictions[step.id] ?? [],
		}
	);
};

/** Whether the shown step has not run in this session: until then, its run can be predicted. */
const isBeforeRun = (state: SessionState): boolean =>
	selectRun(state) === null && state.runningStepId !== state.stepId;

/** What may be expected of a run; empty if it is typed, null if there is nothing to choose from. */
const predictionOptions = ({predict, compare}: Step, state: SessionState): string[] | null => {
	const stages = selectPlan(state)?.graph.stages.map(({name}) => name) ?? [];
	switch (predict?.about) {
		case 'stages':
			return stages.length > 1 ? stages : null;
		case 'cached':
			return predict.choices ?? (stages.length > 0 ? stages : null);
		case 'line':
			return [...predict.choices, ...(predict.otherwise === null ? [] : [predict.otherwise])];
		case 'bigger':
			return compare;
		default:
			return [];
	}
};
