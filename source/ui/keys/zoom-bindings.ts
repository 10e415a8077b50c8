import type {Binding, Shown, ViewAction} from './keymap.js';

const view = (
	action: ViewAction,
	keys: string[],
	help: string,
	footer: {label?: string; shown?: string[]; priority?: number; when?: (shown: Shown) => boolean} = {},
): Binding => ({
	keys,
	help,
	layers: ['zoom'],
	label: (_, shown) => ((footer.when?.(shown) ?? true) ? (footer.label ?? null) : null),
	...(footer.shown ? {shown: footer.shown} : {}),
	priority: footer.priority ?? 9,
	view: action,
});

const inSearch = (action: ViewAction, keys: string[], help: string, label: string | null): Binding => ({
	keys,
	help,
	layers: ['search'],
	label: () => label,
	priority: 1,
	view: action,
});

/** What keys do while a pane has the whole screen, and while a text to search for is being typed. */
export const zoomBindings: Binding[] = [
	view('zoom', ['z', 'escape', 'q'], 'in a zoomed pane: back to the step', {label: 'back', priority: 0}),
	view('search', ['/'], 'in a zoomed pane: search; enter searches, esc leaves it', {
		label: 'search',
		priority: 1,
	}),
	view('next-match', ['n'], 'in a zoomed pane: the next match, and the one before', {
		label: 'matches',
		shown: ['n', 'N'],
		priority: 4,
	}),
	view('previous-match', ['N'], 'in a zoomed pane: the next match, and the one before'),
	view('copy', ['y'], 'in a zoomed pane: copy all its lines to a file', {label: 'copy', priority: 2}),
	view('home', ['home', '<'], 'in a zoomed pane: its first line, its last line', {
		label: 'first, last line',
		shown: ['<', '>'],
		priority: 3,
		when: ({scrolls}) => scrolls,
	}),
	view('end', ['end', '>'], 'in a zoomed pane: its first line, its last line'),
	view('left', ['left'], 'in a zoomed pane: the left and the right part of long lines'),
	view('right', ['right'], 'in a zoomed pane: the left and the right part of long lines'),
	view('next-pane', ['tab'], 'in a zoomed pane: the next stage', {
		label: 'next stage',
		priority: 5,
		when: ({hasPanes}) => hasPanes,
	}),
	inSearch('find', ['enter'], 'in a zoomed pane: search; enter searches, esc leaves it', 'search'),
	inSearch('leave-search', ['escape'], 'in a zoomed pane: search; enter searches, esc leaves it', 'back'),
	inSearch('erase', ['backspace'], 'in a zoomed pane: search; enter searches, esc leaves it', null),
];
