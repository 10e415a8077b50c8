import {isPossible} from '../session/intents.js';
import type {SessionState} from '../session/state.js';
import {type Binding, defaultKeyContext, type KeyContext, type Layer, type Page} from './binding.js';
import {keymap} from './keymap.js';

/** The bindings that apply now, in the order of the key table. `part`: what differs from the default context. */
export const activeBindings = (state: SessionState, part: Partial<KeyContext> = {}): Binding[] => {
	const shown = {...defaultKeyContext, ...part};
	const layer = activeLayer(state, shown.layer);
	return keymap.filter(
		binding =>
			binding.layers.includes(layer) &&
			(binding.when?.(state, shown) ?? true) &&
			('view' in binding || isPossible(state, binding.intent.intent)),
	);
};

/** The binding that a key has now; null if it has none. */
export const findBinding = (state: SessionState, key: string, shown?: Partial<KeyContext>): Binding | null =>
	activeBindings(state, shown).find(({keys}) => keys.includes(key)) ?? null;

/** The answer that a key gives to the question: its own key, enter for the first choice, escape for the last. */
export const findAnswer = (state: SessionState, key: string): string | null => {
	const choices = state.question?.choices ?? [];
	const choice =
		choices.find(candidate => candidate.key === key) ??
		(key === 'enter' ? choices[0] : key === 'escape' ? choices.at(-1) : undefined);
	return choice?.answer ?? null;
};

/** The topmost layer: a question, then an overlay, then the command line, then what the view shows. */
export const activeLayer = ({question, overlay, commandLine}: SessionState, viewLayer: Layer): Layer => {
	if (question) return 'question';
	if (overlay) return 'overlay';
	return commandLine ? 'command' : viewLayer;
};

/** The page that lies over the screen; null if there is none. */
export const findPage = ({overlay}: SessionState): Page | null =>
	keymap.find(({page}) => page?.name === overlay)?.page ?? null;
