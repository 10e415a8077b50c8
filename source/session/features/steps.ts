import {isChallenge} from '../../workshop/steps.js';
import {
	selectFittingFinding,
	selectIsRunnable,
	selectMayBeSolved,
	selectNextHelp,
	selectStep,
} from '../select.js';
import {type FeatureTable, isIdle, isOnStep} from './feature.js';

/** What learners can do with the shown step. */
export const stepFeatures = {
	run: {
		isPossible: state => isOnStep(state) && isIdle(state) && selectIsRunnable(state, selectStep(state)),
		perform: ({stepRunner}) => stepRunner.runShown(),
	},
	/** Cancels the running command; a second time kills it. */
	cancel: {
		isPossible: state => !isIdle(state),
		perform: ({stepRunner}) => stepRunner.cancel(),
	},
	'run-solution': {
		isPossible: state =>
			isOnStep(state) &&
			isIdle(state) &&
			(isChallenge(selectStep(state)) || selectStep(state).kind === 'blank') &&
			selectMayBeSolved(state, selectStep(state)),
		perform({stepRunner, store: {getState}}) {
			// The solution of a `blank` step is its command.
			if (selectStep(getState()).kind === 'blank') stepRunner.runShown();
			else stepRunner.runShownSolution();
		},
	},
	'toggle-builder': {
		isPossible: state => isOnStep(state) && isIdle(state) && state.builder !== 'buildah',
		perform({store: {getState, dispatch}}) {
			dispatch({action: 'set-builder', builder: getState().builder === 'legacy' ? 'buildkit' : 'legacy'});
		},
	},
	'reveal-hint': {
		isPossible: state => isOnStep(state) && selectNextHelp(state, selectStep(state)) !== null,
		perform({store: {getState, dispatch}}) {
			const step = selectStep(getState());
			const finding = selectFittingFinding(getState(), step);
			dispatch({action: 'reveal-hint', stepId: step.id, finding});
		},
	},
} satisfies FeatureTable;
