import type {Binding} from './keymap.js';

/** Keys of what lies over everything: the key list, the chapters, the files. */
export const overlayBindings: Binding[] = [
	{
		keys: ['enter'],
		help: 'what the footer says: run the command, go on, go there',
		layers: ['overlay'],
		label: () => 'go there',
		priority: 0,
		view: 'choose',
		when: ({overlay}) => overlay === 'chapters',
	},
	{
		keys: ['enter', 'e'],
		help: 'in the list of files: open the file in your editor',
		layers: ['overlay'],
		label: () => 'open in your editor',
		priority: 0,
		view: 'choose',
		when: ({overlay}) => overlay === 'files',
	},
	{
		keys: ['enter'],
		help: 'what the footer says: run the command, go on, go there',
		layers: ['overlay'],
		label: () => 'back',
		priority: 0,
		intent: {intent: 'close-overlay'},
		when: ({overlay}) => overlay === 'keys' || overlay === 'doctor',
	},
	{
		keys: ['escape', 'g', '?', 'l', 'm'],
		help: 'back to the step',
		layers: ['overlay'],
		label: ({overlay}) => (overlay === 'chapters' || overlay === 'files' ? 'back' : null),
		priority: 1,
		intent: {intent: 'close-overlay'},
	},
];
