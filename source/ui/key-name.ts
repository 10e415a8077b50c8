import type {Key} from 'ink';
import type {Symbols} from './symbols.js';

/** One name for each key press, as the key table uses it: `enter`, `left`, `ctrl-c`, `a`. */
export const keyName = (input: string, key: Key): string => {
	if (key.return) return 'enter';
	if (key.escape) return 'escape';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.pageUp) return 'page-up';
	if (key.pageDown) return 'page-down';
	if (key.tab) return 'tab';
	if (input === ' ') return 'space';
	return key.ctrl ? `ctrl-${input}` : input;
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
