import {isPossible} from '../session/select.js';
import type {SessionState} from '../session/state.js';
import {type Binding, keymap, type Layer} from './keymap.js';

/** The keys that do something now, in the order of the table. */
export const activeBindings = (state: SessionState): Binding[] => {
	const layer = layerOf(state);
	return keymap.filter(
		binding =>
			binding.layers.includes(layer) &&
			(binding.when?.(state) ?? true) &&
			('view' in binding || isPossible(state, binding.intent.intent)),
	);
};

/** What a key does now; null when nothing. */
export const findBinding = (state: SessionState, key: string): Binding | null =>
	activeBindings(state).find(({keys}) => keys.includes(key)) ?? null;

/** The answer that a key gives to the question: its own key, enter for the first choice, escape for the last. */
export const findAnswer = (state: SessionState, key: string): string | null => {
	const choices = state.question?.choices ?? [];
	const choice =
		choices.find(candidate => candidate.key === key) ??
		(key === 'enter' ? choices[0] : key === 'escape' ? choices.at(-1) : undefined);
	return choice?.answer ?? null;
};

const layerOf = ({question, overlay}: SessionState): Layer =>
	question ? 'question' : overlay ? 'overlay' : 'screen';
