import {isPossible, selectPlan, selectRun} from '../../session/select/select.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {Binding} from './keymap.js';

/** What keys do with the panes of a step and what may take their room. */
export const paneBindings: Binding[] = [
	{
		keys: ['t'],
		help: 'after a build: its timeline, and the panes again',
		layers: ['screen'],
		label: () => 'timeline',
		priority: 5,
		view: 'timeline',
		when: state =>
			state.screen === 'step' && selectTimelines(state) !== null && !isPossible(state, 'try-engine-again'),
	},
	{
		keys: ['d'],
		help: 'the Dockerfile beside the panes, and the text again',
		layers: ['screen'],
		label: () => 'Dockerfile',
		priority: 5,
		view: 'dockerfile',
		when: state => state.screen === 'step' && selectPlan(state)?.text != null,
	},
	{
		keys: ['tab'],
		help: 'the next pane gets the scroll keys',
		layers: ['screen'],
		label: () => null,
		priority: 9,
		view: 'next-pane',
		when: ({screen}) => screen === 'step',
	},
	{
		keys: ['z'],
		help: 'the pane with the scroll keys gets the whole screen, and gives it back',
		layers: ['screen'],
		label: state => (selectRun(state)?.build ? 'zoom' : null),
		priority: 8,
		view: 'zoom',
		when: ({screen}) => screen === 'step',
	},
];
