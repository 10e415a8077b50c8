import type {Key} from 'ink';
import type {Symbols} from './symbols.js';

/** More characters at once than a learner types ahead: something was pasted. */
const mostTypedAhead = 8;

const controlNames: Record<string, string> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
	'\u0003': 'ctrl-c',
};

/**
 * The names of the keys that were pressed, as the key table uses them: `enter`, `left`, `ctrl-c`, `a`. Keys that are
 * pressed faster than they are read arrive as one piece of text; a long piece was pasted and presses nothing.
 */
export const keyNames = (input: string, key: Key): string[] => {
	if (input.length < 2) return [keyName(input, key)];
	if (input.length > mostTypedAhead) return [];
	return [...input].map(character => controlNames[character] ?? character);
};

const keyName = (input: string, key: Key): string => {
	if (key.return) return 'enter';
	if (key.escape) return 'escape';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.pageUp) return 'page-up';
	if (key.pageDown) return 'page-down';
	if (key.tab) return 'tab';
	return key.ctrl ? `ctrl-${input}` : (controlNames[input] ?? input);
};

/** The name as it is written on the screen. */
export const keyLabel = (name: string, {arrows}: Symbols): string => {
	switch (name) {
		case 'left':
		case 'right':
		case 'up':
		case 'down':
			return arrows[name];
		case 'escape':
			return 'esc';
		case 'page-up':
			return 'page up';
		case 'page-down':
			return 'page down';
		default:
			return name;
	}
};
