import type {messages} from '../messages/index.js';
import type {LineEdit} from '../session/command-line.js';
import type {Intent} from '../session/intents.js';
import type {SessionState} from '../session/state.js';
import type {Line} from './line.js';
import type {Symbols} from './symbols.js';

/** What a key asks of the shown screen rather than of the session. */
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

/** The topmost part of the screen, which gets the keys. In `search` and `command`, keys without a binding are text. */
export type Layer = 'screen' | 'zoom' | 'search' | 'command' | 'overlay' | 'question';

/** What bindings need to know about the screen and can't read from the session. */
export type KeyContext = {
	layer: Layer;
	/** The region with the scroll keys has more lines than fit. */
	scrolls: boolean;
	/** There is another region that can take the scroll keys. */
	hasPanes: boolean;
	/** The Dockerfile is shown in place of the text. */
	hasDockerfile: boolean;
	/** The timeline is shown in place of the panes. */
	hasTimeline: boolean;
	/** One side of a step fills the whole screen. */
	isWhole: boolean;
};

/** A screen on which everything fits and nothing is opened. */
export const defaultKeyContext: KeyContext = {
	layer: 'screen',
	scrolls: false,
	hasPanes: false,
	hasDockerfile: false,
	hasTimeline: false,
	isWhole: false,
};

/** A page that lies over the screen. */
export type Page = {
	/** The value of `overlay` in the state of the session. */
	name: string;
	/** Its lines, at most so many columns wide. Without them, its component is in `pageScreens` of `source/tui/app.tsx`. */
	linesFor?: (state: SessionState, columns: number, symbols: Symbols) => Line[];
};

type FooterLabel = keyof typeof messages.keys.footer;

type BindingOptions = {
	/** Its label in the footer, or a function that selects one. With neither label nor `words`, the footer omits it. */
	label?: FooterLabel | ((state: SessionState, context: KeyContext) => FooterLabel | false);
	/** What the footer says if there is no label. */
	words?: (state: SessionState) => string;
	/** In a footer that is too narrow, the bindings with the highest numbers are left out first. Default: 9. */
	priority?: number | ((context: KeyContext) => number);
	/** The keys that the footer names, or a function that selects them; by default the first one. */
	footerKeys?: string[] | ((state: SessionState) => string[]);
	/** The keys that the key list names; by default all of them. */
	listKeys?: string[];
	/** When the binding applies. An intent must be possible too. */
	when?: (state: SessionState, context: KeyContext) => boolean;
	/** The page that it opens. The same keys close it. */
	page?: Page;
};

/** One row of the key table. */
export type Binding = BindingOptions & {
	/** The keys, by the names that `keyNames` gives them. */
	keys: string[];
	help: HelpName;
	layers: Layer[];
} & ({intent: Intent} | {view: ViewAction});

/** The name of a binding's text in the key list. Bindings with the same text share a row there. */
export type HelpName = keyof typeof messages.keys.help;

/** Intents without parameters. */
type BareIntent = {
	[Name in Intent['intent']]: {intent: Name} extends Extract<Intent, {intent: Name}> ? Name : never;
}[Intent['intent']];

/** A binding for an intent. `keys`: separated by spaces. */
export const bind = (
	layers: Layer | Layer[],
	keys: string,
	help: HelpName,
	intent: Intent | BareIntent,
	options: BindingOptions = {},
): Binding => ({
	layers: [layers].flat(),
	keys: keys.split(' '),
	help,
	// TypeScript checks only unions of up to 25 members here.
	intent: typeof intent === 'string' ? ({intent} as Intent) : intent,
	...options,
});

/** A binding for an action of the view. `keys`: separated by spaces. */
export const bindView = (
	layers: Layer | Layer[],
	keys: string,
	help: HelpName,
	view: ViewAction,
	options: BindingOptions = {},
): Binding => ({layers: [layers].flat(), keys: keys.split(' '), help, view, ...options});

/**
 * A binding of the command line. The key list names its first key only, because the others are those of every shell.
 */
export const bindLine = (
	keys: string,
	help: HelpName,
	action: Intent | LineEdit,
	options: BindingOptions = {},
): Binding => {
	const intent: Intent = typeof action === 'string' ? {intent: 'edit-line', edit: action} : action;
	return bind('command', keys, help, intent, {listKeys: keys.split(' ').slice(0, 1), ...options});
};

/** A binding that opens a page. `keys`: separated by spaces. */
export const bindPage = (
	layers: Layer | Layer[],
	keys: string,
	help: HelpName,
	page: Page,
	options: BindingOptions = {},
): Binding => bind(layers, keys, help, {intent: 'open-overlay', overlay: page.name}, {...options, page});
