import type {Intent, SessionState} from '../../session/state.js';
import {commandBindings} from './command-bindings.js';
import {doctorBindings} from './doctor-bindings.js';
import {canRunAgain, hintLabel, primaryLabel} from './key-labels.js';
import {overlayBindings} from './overlay-bindings.js';
import {paneBindings} from './pane-bindings.js';
import {predictBindings} from './predict-bindings.js';
import {replayBindings} from './replay-bindings.js';
import {scrollBindings} from './scroll-bindings.js';
import {stepBindings} from './step-bindings.js';
import {stopBindings} from './stop-bindings.js';
import {zoomBindings} from './zoom-bindings.js';

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
export type Shown = {
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
export const plainlyShown: Shown = {
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
	label: (state: SessionState, shown: Shown) => string | null;
	/** The keys that the footer names, when it is not the first one alone. */
	shown?: string[];
	/** The keys that the key list names, when it is not all of them. */
	listed?: string[];
	/** The lower, the longer it stays in a footer that is too narrow. */
	priority: number;
} & (
	| {intent: Intent; when?: (state: SessionState, shown: Shown) => boolean}
	| {view: ViewAction; when?: (state: SessionState, shown: Shown) => boolean}
);

const always = (label: string) => () => label;
const never = () => null;
const everywhere: Layer[] = ['screen', 'zoom', 'overlay', 'question'];

/** Every key, in the order of the footer. The footer, the key list and the handling of keys are all made from it. */
export const keymap: Binding[] = [
	...zoomBindings,
	{
		keys: ['enter'],
		help: 'what the footer says: run the command, go on, go there',
		layers: ['screen'],
		label: primaryLabel,
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
		layers: [...everywhere, 'search'],
		label: never,
		priority: 9,
		intent: {intent: 'quit'},
		when: ({runningStepId}) => runningStepId === null,
	},
	...stopBindings,
	...commandBindings,
];
