import type {Binding, Layer} from './keymap.js';

const everywhere: Layer[] = ['screen', 'zoom', 'overlay', 'question'];

/** The keys that move through what does not fit; in a list they choose. */
export const scrollBindings: Binding[] = [
	{
		keys: ['up'],
		help: 'scroll',
		layers: everywhere,
		label: ({question, overlay}, {scrolls}) => {
			if (!question && (overlay === 'chapters' || overlay === 'files')) return 'choose';
			return scrolls ? 'scroll' : null;
		},
		shown: ['up-down'],
		priority: 3,
		view: 'up',
	},
	{keys: ['down'], help: 'scroll', layers: everywhere, label: () => null, priority: 9, view: 'down'},
	{
		keys: ['page-up'],
		help: 'scroll a page',
		layers: everywhere,
		label: () => null,
		priority: 9,
		view: 'page-up',
	},
	{
		keys: ['page-down', 'space'],
		help: 'scroll a page',
		layers: everywhere,
		label: () => null,
		priority: 9,
		view: 'page-down',
	},
];
