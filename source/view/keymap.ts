import process from 'node:process';
import type {LineEdit} from '../session/command-line.js';
import {type Intent, isPossible} from '../session/intents.js';
import {selectPlan, selectRun} from '../session/select.js';
import {selectTimelines} from '../session/select-builds.js';
import type {RunView, SessionState} from '../session/state.js';
import {canRunAgain, enterLabel, hintLabel} from './messages.js';

const zoomBinding = (
	action: ViewAction,
	keys: string[],
	help: string,
	footer: {label?: string; shown?: string[]; priority?: number; when?: (shown: KeyContext) => boolean} = {},
): Binding => ({
	keys,
	help,
	layers: ['zoom'],
	label: (_, shown) => ((footer.when?.(shown) ?? true) ? (footer.label ?? null) : null),
	...(footer.shown ? {shown: footer.shown} : {}),
	priority: footer.priority ?? 9,
	view: action,
});

const searchBinding = (action: ViewAction, keys: string[], help: string, label: string | null): Binding => ({
	keys,
	help,
	layers: ['search'],
	label: () => label,
	priority: 1,
	view: action,
});

/** What keys do while a pane has the whole screen, and while a text to search for is being typed. */
export const zoomBindings: Binding[] = [
	zoomBinding('zoom', ['z', 'escape', 'q'], 'in a zoomed pane: back to the step', {
		label: 'back',
		priority: 0,
	}),
	zoomBinding('search', ['/'], 'in a zoomed pane: search; enter searches, esc leaves it', {
		label: 'search',
		priority: 1,
	}),
	zoomBinding('next-match', ['n'], 'in a zoomed pane: the next match, and the one before', {
		label: 'matches',
		shown: ['n', 'N'],
		priority: 4,
	}),
	zoomBinding('previous-match', ['N'], 'in a zoomed pane: the next match, and the one before'),
	zoomBinding('copy', ['y'], 'in a zoomed pane: copy all its lines to a file', {label: 'copy', priority: 2}),
	zoomBinding('home', ['home', '<'], 'in a zoomed pane: its first line, its last line', {
		label: 'first, last line',
		shown: ['<', '>'],
		priority: 3,
		when: ({scrolls}) => scrolls,
	}),
	zoomBinding('end', ['end', '>'], 'in a zoomed pane: its first line, its last line'),
	zoomBinding('left', ['left'], 'in a zoomed pane: the left and the right part of long lines'),
	zoomBinding('right', ['right'], 'in a zoomed pane: the left and the right part of long lines'),
	zoomBinding('next-pane', ['tab'], 'in a zoomed pane: the next stage', {
		label: 'next stage',
		priority: 5,
		when: ({hasPanes}) => hasPanes,
	}),
	searchBinding('find', ['enter'], 'in a zoomed pane: search; enter searches, esc leaves it', 'search'),
	searchBinding(
		'leave-search',
		['escape'],
		'in a zoomed pane: search; enter searches, esc leaves it',
		'back',
	),
	searchBinding('erase', ['backspace'], 'in a zoomed pane: search; enter searches, esc leaves it', null),
];

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

/** Stages that have a digit of their own. */
export const maxPredicted = 9;

/** A digit for each stage that may be predicted; the footer names them all at once. */
export const predictBindings: Binding[] = Array.from({length: maxPredicted}, (_, index) => ({
	keys: [String(index + 1)],
	help: 'before a build: which stages will run? ticks the first, the second, …',
	layers: ['screen'],
	label: () => (index === 0 ? 'predict' : null),
	shown: [`1-${maxPredicted}`],
	priority: 5,
	intent: {intent: 'predict-stage', place: index + 1},
	when: state => (selectPlan(state)?.graph.stages.length ?? 0) > index,
}));

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

const scrollLayers: Layer[] = ['screen', 'zoom', 'overlay', 'question'];

/** The keys that move through what does not fit; in a list they choose. */
export const scrollBindings: Binding[] = [
	{
		keys: ['up'],
		help: 'scroll',
		layers: scrollLayers,
		label: ({question, overlay}, {scrolls}) => {
			if (!question && (overlay === 'chapters' || overlay === 'files')) return 'choose';
			return scrolls ? 'scroll' : null;
		},
		shown: ['up-down'],
		priority: 3,
		view: 'up',
	},
	{keys: ['down'], help: 'scroll', layers: scrollLayers, label: () => null, priority: 9, view: 'down'},
	{
		keys: ['page-up'],
		help: 'scroll a page',
		layers: scrollLayers,
		label: () => null,
		priority: 9,
		view: 'page-up',
	},
	{
		keys: ['page-down', 'space'],
		help: 'scroll a page',
		layers: scrollLayers,
		label: () => null,
		priority: 9,
		view: 'page-down',
	},
];

/** Windows can't stop a program and go on with it later. */
export const stopBindings: Binding[] =
	process.platform === 'win32'
		? []
		: [
				{
					keys: ['ctrl-z'],
					help: 'stop the program; `fg` in the shell goes on with it',
					layers: ['screen', 'zoom', 'overlay', 'question', 'search', 'command'],
					label: () => null,
					priority: 9,
					intent: {intent: 'stop-program'},
				},
			];

type FooterEntry = {label?: string; priority?: number; when?: Binding['when']};

const lineBinding = (
	keys: string[],
	help: string,
	intent: Intent,
	{label, priority = 9, when}: FooterEntry = {},
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

const editBinding = (keys: string[], help: string, to: LineEdit, footer: FooterEntry = {}): Binding =>
	lineBinding(keys, help, {intent: 'edit-line', edit: to}, footer);

const moves = 'in a command line: move, also with the keys of a shell';
const erases = 'in a command line: erase a character, a word, all before the cursor';
const erasesNext = 'in a command line: erase the character after the cursor, all after it';
const recalls = 'in a command line: the commands of before';
const closes = 'in a command line: close it, nothing is run';

/** Keys of the command line. */
export const commandBindings: Binding[] = [
	lineBinding(
		['enter'],
		'in a command line: run it',
		{intent: 'run-line', line: null},
		{label: 'run', priority: 0},
	),
	editBinding(['escape', 'ctrl-c'], closes, 'leave-search', {
		label: 'leave the search',
		priority: 1,
		when: ({commandLine}) => commandLine?.search != null,
	}),
	lineBinding(
		['escape', 'ctrl-c'],
		closes,
		{intent: 'close-command-line'},
		{
			label: 'close',
			priority: 1,
		},
	),
	lineBinding(
		['tab'],
		'in a command line: complete a file, an image, a container',
		{intent: 'complete-line'},
		{
			label: 'complete',
			priority: 2,
		},
	),
	editBinding(['up', 'ctrl-p'], recalls, 'older', {label: 'history', priority: 3}),
	editBinding(['down', 'ctrl-n'], recalls, 'newer'),
	editBinding(['ctrl-r'], 'in a command line: search the commands of before', 'search', {
		label: 'search the history',
		priority: 4,
	}),
	editBinding(['left', 'ctrl-b'], moves, 'left'),
	editBinding(['right', 'ctrl-f'], moves, 'right'),
	editBinding(['home', 'ctrl-a'], moves, 'home'),
	editBinding(['end', 'ctrl-e'], moves, 'end'),
	editBinding(['alt-b', 'ctrl-left', 'alt-left'], moves, 'word-left'),
	editBinding(['alt-f', 'ctrl-right', 'alt-right'], moves, 'word-right'),
	editBinding(['backspace', 'ctrl-h'], erases, 'erase'),
	editBinding(['ctrl-d'], erasesNext, 'erase-next'),
	editBinding(['ctrl-w'], erases, 'erase-word'),
	editBinding(['ctrl-u'], erases, 'erase-before'),
	editBinding(['ctrl-k'], erasesNext, 'erase-after'),
];

/** What a key does to the view alone: the session need not know. */
export type ViewAction =
	| 'up'
	| 'down'
	| 'page-up'
	| 'page-down'
	| 'next-pane'
	| 'zoom'
	| 'unzoom'
	| 'timeline'
	| 'dockerfile'
	| 'choose'
	| 'home'
	| 'end'
	| 'left'
	| 'right'
	| 'search'
	| 'find'
	| 'leave-search'
	| 'erase'
	| 'next-match'
	| 'previous-match'
	| 'copy';

/** What lies on top and therefore gets the keys: in `search` and `command` all that is no key of its own is text. */
export type Layer = 'screen' | 'zoom' | 'search' | 'command' | 'overlay' | 'question';

/** What the shown screen has on top, and how it shows what it has: the session knows nothing of it. */
export type KeyContext = {
	layer: Layer;
	/** There is more than is seen of what has the scroll keys. */
	scrolls: boolean;
	/** Something else can have the scroll keys. */
	hasPanes: boolean;
	/** The Dockerfile has the room of the text. */
	hasDockerfile: boolean;
	/** The timeline has the room of the panes. */
	hasTimeline: boolean;
	/** One side of a step has the whole screen. */
	isWhole: boolean;
};

/** A screen of which all is seen. */
export const defaultKeyContext: KeyContext = {
	layer: 'screen',
	scrolls: false,
	hasPanes: false,
	hasDockerfile: false,
	hasTimeline: false,
	isWhole: false,
};

/** One row of the key table. */
export type Binding = {
	/** As `keyName` names them. */
	keys: string[];
	/** What the key list says. */
	help: string;
	layers: Layer[];
	/** What the footer says now; null keeps it out of the footer. */
	label: (state: SessionState, shown: KeyContext) => string | null;
	/** The keys that the footer names, when it is not the first one alone. */
	shown?: string[];
	/** The keys that the key list names, when it is not all of them. */
	listed?: string[];
	/** The lower, the longer it stays in a footer that is too narrow. */
	priority: number;
} & (
	| {intent: Intent; when?: (state: SessionState, shown: KeyContext) => boolean}
	| {view: ViewAction; when?: (state: SessionState, shown: KeyContext) => boolean}
);

const always = (label: string) => () => label;
const never = () => null;
const nonTypingLayers: Layer[] = ['screen', 'zoom', 'overlay', 'question'];

/** Every key, in the order of the footer. The footer, the key list and the handling of keys are all made from it. */
export const keymap: Binding[] = [
	...zoomBindings,
	{
		keys: ['enter'],
		help: 'what the footer says: run the command, go on, go there',
		layers: ['screen'],
		label: enterLabel,
		priority: 0,
		intent: {intent: 'go-on'},
	},
	{
		keys: ['e'],
		help: 'edit the command of this step, and run what you made of it',
		layers: ['screen'],
		label: always('edit'),
		priority: 6,
		intent: {intent: 'edit-command'},
	},
	{
		keys: [':'],
		help: 'type a command of your own',
		layers: ['screen'],
		label: always('command'),
		priority: 5,
		intent: {intent: 'type-command'},
	},
	{
		keys: ['c', 'ctrl-c'],
		help: 'cancel what is running; a second time ends it by force',
		layers: ['screen', 'zoom'],
		label: always('cancel'),
		priority: 1,
		intent: {intent: 'cancel'},
	},
	{
		keys: ['ctrl-c'],
		help: 'cancel what is running; a second time ends it by force',
		layers: ['search', 'overlay', 'question'],
		label: never,
		priority: 9,
		intent: {intent: 'cancel'},
	},
	...replayBindings,
	...doctorBindings,
	{
		keys: ['a'],
		help: 'run the command of this step again',
		layers: ['screen'],
		label: state => (canRunAgain(state) ? 'again' : null),
		priority: 6,
		intent: {intent: 'run'},
	},
	...overlayBindings,
	...predictBindings,
	...paneBindings,
	...stepBindings,
	{
		keys: ['b'],
		help: 'change the builder: legacy or BuildKit',
		layers: ['screen'],
		label: always('builder'),
		priority: 5,
		intent: {intent: 'toggle-builder'},
	},
	{
		keys: ['h'],
		help: 'a hint; when there is none left, the solution',
		layers: ['screen'],
		label: hintLabel,
		priority: 3,
		intent: {intent: 'reveal-hint'},
	},
	{
		keys: ['s'],
		help: 'run the solution, once it is revealed',
		layers: ['screen'],
		label: always('run the solution'),
		priority: 3,
		intent: {intent: 'run-solution'},
	},
	...scrollBindings,
	{
		keys: ['g'],
		help: 'chapters and steps: go to any of them',
		layers: ['screen'],
		label: always('chapters'),
		priority: 6,
		intent: {intent: 'open-overlay', overlay: 'chapters'},
	},
	{
		keys: ['l'],
		help: 'the files of the lab folder: read them, open them in your editor',
		layers: ['screen'],
		label: always('files'),
		priority: 8,
		intent: {intent: 'show-files'},
	},
	{
		keys: ['?'],
		help: 'all keys',
		layers: ['screen', 'zoom'],
		label: always('keys'),
		priority: 2,
		intent: {intent: 'open-overlay', overlay: 'keys'},
	},
	{
		keys: ['q'],
		help: 'leave; what you passed is kept',
		layers: ['screen', 'overlay'],
		label: always('quit'),
		priority: 2,
		intent: {intent: 'quit'},
		// There it leads back, as in a zoomed pane.
		when: ({screen, overlay}, {isWhole}) => overlay !== null || screen !== 'step' || !isWhole,
	},
	{
		keys: ['ctrl-c'],
		help: 'leave; what you passed is kept',
		layers: [...nonTypingLayers, 'search'],
		label: never,
		priority: 9,
		intent: {intent: 'quit'},
		when: ({runningStepId}) => runningStepId === null,
	},
	...stopBindings,
	...commandBindings,
];
