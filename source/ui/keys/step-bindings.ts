import type {Binding} from './keymap.js';

/** The keys that lead from step to step. */
export const stepBindings: Binding[] = [
	{
		keys: ['left', 'p'],
		help: 'the step before',
		layers: ['screen'],
		label: () => null,
		priority: 9,
		intent: {intent: 'previous-step'},
	},
	{
		keys: ['right', 'n'],
		help: 'the step after, without running this one',
		layers: ['screen'],
		label: ({screen}) => (screen === 'step' ? 'steps' : null),
		shown: ['left', 'right'],
		priority: 7,
		intent: {intent: 'next-step'},
	},
	{
		keys: ['x'],
		help: 'extra challenges, where there are some',
		layers: ['screen'],
		label: () => 'extra challenges',
		priority: 5,
		intent: {intent: 'show-extra'},
	},
	{
		keys: ['w'],
		help: 'on the last page: write what you did and learnt to a file',
		layers: ['screen'],
		label: () => 'write a report',
		priority: 3,
		intent: {intent: 'save-report'},
	},
];
