import {isPossible, selectPlan, selectRun} from '../../session/select/select.js';
import {selectTimelines} from '../../session/select/select-timelines.js';
import type {RunView, SessionState} from '../../session/state.js';
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
		when: (state, {hasTimeline}) => !hasTimeline && mayShowTimeline(state),
	},
	{
		keys: ['t'],
		help: 'after a build: its timeline, and the panes again',
		layers: ['screen'],
		label: () => 'panes',
		priority: 1,
		view: 'timeline',
		when: (state, {hasTimeline}) => hasTimeline && mayShowTimeline(state),
	},
	{
		keys: ['d'],
		help: 'the Dockerfile next to the panes, and the text again',
		layers: ['screen'],
		label: () => 'Dockerfile',
		priority: 5,
		view: 'dockerfile',
		when: (state, {hasDockerfile}) => !hasDockerfile && mayShowDockerfile(state),
	},
	{
		keys: ['d'],
		help: 'the Dockerfile next to the panes, and the text again',
		layers: ['screen'],
		label: () => 'text',
		priority: 1,
		view: 'dockerfile',
		when: (state, {hasDockerfile}) => hasDockerfile && mayShowDockerfile(state),
	},
	{
		keys: ['tab'],
		help: 'the next pane gets the scroll keys',
		layers: ['screen'],
		label: (_, {hasPanes}) => (hasPanes ? 'next pane' : null),
		priority: 9,
		view: 'next-pane',
		when: ({screen}) => screen === 'step',
	},
	{
		keys: ['z'],
		help: 'the pane with the scroll keys gets the whole screen, and gives it back',
		layers: ['screen'],
		label: (state, {isWhole}) => (hasLines(selectRun(state)) && !isWhole ? 'zoom' : null),
		priority: 8,
		view: 'zoom',
		when: ({screen}) => screen === 'step',
	},
	{
		keys: ['escape'],
		help: 'back from the Dockerfile, the timeline, and what has the whole screen',
		layers: ['screen'],
		label: (_, {isWhole}) => (isWhole ? 'back' : null),
		priority: 1,
		view: 'unzoom',
		when: ({screen}) => screen === 'step',
	},
	{
		keys: ['q'],
		help: 'back from the Dockerfile, the timeline, and what has the whole screen',
		layers: ['screen'],
		label: () => null,
		priority: 9,
		view: 'unzoom',
		when: ({screen}, {isWhole}) => screen === 'step' && isWhole,
	},
];

const mayShowTimeline = (state: SessionState): boolean =>
	state.screen === 'step' && selectTimelines(state) !== null && !isPossible(state, 'try-engine-again');

const mayShowDockerfile = (state: SessionState): boolean =>
	state.screen === 'step' && selectPlan(state)?.text != null;

const hasLines = (run: RunView | null): boolean =>
	run !== null && (run.build !== null || run.output.lineCount > 0);
