import type {SessionState} from '../../session/state.js';
import type {Binding} from './keymap.js';

const isPlaying = ({runningStepId}: SessionState): boolean => runningStepId !== null;

/** Keys of a recording that plays. */
export const replayBindings: Binding[] = [
	{
		keys: ['r'],
		help: 'without an engine: use the recording',
		layers: ['screen'],
		label: () => null,
		priority: 9,
		intent: {intent: 'use-recording'},
	},
	{
		keys: ['x'],
		help: 'in a recording: to the end of what plays, at once',
		layers: ['screen', 'zoom'],
		label: () => 'to the end',
		priority: 1,
		intent: {intent: 'skip-to-end'},
	},
	{
		keys: ['f'],
		help: 'in a recording: faster, and as recorded again',
		layers: ['screen', 'zoom'],
		label: state => (isPlaying(state) ? 'faster' : null),
		priority: 2,
		intent: {intent: 'play-faster'},
	},
	{
		keys: ['v'],
		help: 'in a recording: the one of the other engine',
		layers: ['screen'],
		label: state => (state.screen === 'welcome' ? 'other recording' : null),
		priority: 3,
		intent: {intent: 'next-recording'},
	},
];
