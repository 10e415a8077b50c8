import type {Intent} from '../../session/state.js';
import type {LineEdit} from '../../session/typed/edit-line.js';
import type {Binding} from './keymap.js';

type Footer = {label?: string; priority?: number; when?: Binding['when']};

const binding = (
	keys: string[],
	help: string,
	intent: Intent,
	{label, priority = 9, when}: Footer = {},
): Binding => ({
	keys,
	help,
	// The others are those that every shell knows.
	listed: keys.slice(0, 1),
	layers: ['command'],
	label: () => label ?? null,
	priority,
	intent,
	...(when ? {when} : {}),
});

const edit = (keys: string[], help: string, to: LineEdit, footer: Footer = {}): Binding =>
	binding(keys, help, {intent: 'edit-line', edit: to}, footer);

const moves = 'in a command line: move, also with the keys of a shell';
const erases = 'in a command line: erase a character, a word, all before the cursor';
const erasesNext = 'in a command line: erase the character after the cursor, all after it';
const recalls = 'in a command line: the commands of before';
const closes = 'in a command line: close it, nothing is run';

/** Keys of the command line. */
export const commandBindings: Binding[] = [
	binding(
		['enter'],
		'in a command line: run it',
		{intent: 'run-line', line: null},
		{label: 'run', priority: 0},
	),
	edit(['escape', 'ctrl-c'], closes, 'leave-search', {
		label: 'leave the search',
		priority: 1,
		when: ({commandLine}) => commandLine?.search != null,
	}),
	binding(
		['escape', 'ctrl-c'],
		closes,
		{intent: 'close-command-line'},
		{
			label: 'close',
			priority: 1,
		},
	),
	binding(
		['tab'],
		'in a command line: complete a file, an image, a container',
		{intent: 'complete-line'},
		{
			label: 'complete',
			priority: 2,
		},
	),
	edit(['up', 'ctrl-p'], recalls, 'older', {label: 'history', priority: 3}),
	edit(['down', 'ctrl-n'], recalls, 'newer'),
	edit(['ctrl-r'], 'in a command line: search the commands of before', 'search', {
		label: 'search the history',
		priority: 4,
	}),
	edit(['left', 'ctrl-b'], moves, 'left'),
	edit(['right', 'ctrl-f'], moves, 'right'),
	edit(['home', 'ctrl-a'], moves, 'home'),
	edit(['end', 'ctrl-e'], moves, 'end'),
	edit(['alt-b', 'ctrl-left', 'alt-left'], moves, 'word-left'),
	edit(['alt-f', 'ctrl-right', 'alt-right'], moves, 'word-right'),
	edit(['backspace', 'ctrl-h'], erases, 'erase'),
	edit(['ctrl-d'], erasesNext, 'erase-next'),
	edit(['ctrl-w'], erases, 'erase-word'),
	edit(['ctrl-u'], erases, 'erase-before'),
	edit(['ctrl-k'], erasesNext, 'erase-after'),
];
