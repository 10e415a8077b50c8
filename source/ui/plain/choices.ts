import {
	isPossible,
	selectMayPredict,
	selectNeighbour,
	selectPlan,
	selectPrimaryIntent,
	selectRun,
} from '../../session/select/select.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {Intent, SessionState} from '../../session/state.js';
import {builderWords} from '../../text/builder-words.js';
import {canRunAgain, hintLabel, primaryLabel} from '../keys/key-labels.js';

/** What a learner may choose: something of the session, or something to read or to say first. */
export type Choice = {
	/** The key that does the same on the screen; texts name it. */
	key: string;
	label: string;
} & ({intent: Intent} | {page: 'chapters' | 'dockerfile' | 'timeline' | 'predict' | 'lines' | 'machine'});

/** The choices that the learner has now, the first one the one that enter takes. */
export const choicesFor = (state: SessionState): Choice[] => {
	if (state.question) {
		return state.question.choices.map(({key, label, answer}) => ({
			key,
			label,
			intent: {intent: 'answer', answer},
		}));
	}
	const possible = table(state).filter(
		choice => !('intent' in choice) || isPossible(state, choice.intent.intent),
	);
	const primary = selectPrimaryIntent(state);
	return primary ? [{key: '', label: primaryLabel(state), intent: {intent: 'go-on'}}, ...possible] : possible;
};

const table = (state: SessionState): Choice[] => {
	const primary = selectPrimaryIntent(state)?.intent;
	const onStep = state.screen === 'step';
	const other = builderWords(state.builder === 'legacy' ? 'buildkit' : 'legacy');
	return [
		...when(canRunAgain(state), {key: 'a', label: 'again', intent: {intent: 'run'}}),
		...when(onStep && selectMayPredict(state), {key: 'p', label: 'predict', page: 'predict'}),
		{key: 's', label: 'solution: run it', intent: {intent: 'run-solution'}},
		{key: 'h', label: hintLabel(state), intent: {intent: 'reveal-hint'}},
		...when(onStep && selectTimelines(state) !== null, {key: 't', label: 'timeline', page: 'timeline'}),
		...when(onStep && selectPlan(state)?.text != null, {key: 'd', label: 'Dockerfile', page: 'dockerfile'}),
		...when(onStep && selectRun(state)?.outcome != null, {
			key: 'y',
			label: 'write lines to a file',
			page: 'lines',
		}),
		{key: 'b', label: `builder: change to ${other}`, intent: {intent: 'toggle-builder'}},
		...when(primary !== 'next-step', {
			key: 'n',
			label: selectNeighbour(state, 1) ? 'next step' : 'end of the workshop',
			intent: {intent: 'next-step'},
		}),
		...when(state.screen === 'end' || selectNeighbour(state, -1) !== null, {
			key: 'left',
			label: 'previous step',
			intent: {intent: 'previous-step'},
		}),
		{key: 'x', label: 'extra challenges', intent: {intent: 'show-extra'}},
		{key: 't', label: 'try again', intent: {intent: 'try-engine-again'}},
		{key: 'x', label: 'to the end at once', intent: {intent: 'skip-to-end'}},
		{key: 'f', label: 'play faster', intent: {intent: 'play-faster'}},
		{key: 'v', label: 'recording of the other engine', intent: {intent: 'next-recording'}},
		{key: 'w', label: 'write a report', intent: {intent: 'save-report'}},
		{key: 'g', label: 'go to a step', page: 'chapters'},
		...when(state.screen === 'welcome', {key: 'm', label: 'machine: what the doctor found', page: 'machine'}),
		...when(state.screen !== 'end', {key: 'q', label: 'quit', intent: {intent: 'quit'}}),
	];
};

const when = (holds: boolean, choice: Choice): Choice[] => (holds ? [choice] : []);
