import type {Binding} from './keymap.js';

/** The keys to the engine and to what the doctor found. */
export const doctorBindings: Binding[] = [
	{
		keys: ['t'],
		help: 'without an engine: look for it again',
		layers: ['screen'],
		label: () => 'try again',
		priority: 1,
		intent: {intent: 'try-engine-again'},
	},
	{
		keys: ['m'],
		help: 'this machine: all that the doctor found',
		layers: ['screen'],
		label: ({screen}) => (screen === 'welcome' ? 'this machine' : null),
		priority: 3,
		intent: {intent: 'open-overlay', overlay: 'doctor'},
	},
	{
		keys: ['r'],
		help: 'on the page of this machine: look again',
		layers: ['overlay'],
		label: () => 'look again',
		priority: 1,
		intent: {intent: 'examine-again'},
	},
];
