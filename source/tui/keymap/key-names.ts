import type {Key} from 'ink';
import type {Symbols} from '../../view/symbols.js';

/** More characters at once than a learner types ahead: something was pasted. */
const maxTypedAhead = 8;

const controlNames: Record<string, string> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
	'\u0003': 'ctrl-c',
	'\u001A': 'ctrl-z',
	'\u007F': 'backspace',
	'\b': 'backspace',
};

/**
 * The names of the keys that were pressed, as the key table uses them: `enter`, `left`, `ctrl-c`, `a`. Keys that are
 * pressed faster than they are read arrive as one piece of text; a long piece was pasted and presses nothing, unless
 * text is being typed.
 */
export const keyNames = (input: string, key: Key, isTyping = false): string[] => {
	if (input.length < 2) return [isTyping ? withModifier(input, key) : keyName(input, key)];
	if (input.length > maxTypedAhead && !isTyping) return [];
	return [...input].map(character => controlNames[character] ?? character);
};

/** Where text is typed, alt and ctrl make other keys of letters and arrows. */
const withModifier = (input: string, key: Key): string => {
	const name = keyName(input, key);
	if (key.meta && !key.escape) return `alt-${name}`;
	return key.ctrl && (key.leftArrow || key.rightArrow) ? `ctrl-${name}` : name;
};

/** Whether so much came at once that it was pasted, in a terminal that does not tell. */
export const isPasted = (input: string): boolean => input.length > maxTypedAhead;

const keyName = (input: string, key: Key): string => {
	if (key.return) return 'enter';
	if (key.escape) return 'escape';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.pageUp) return 'page-up';
	if (key.pageDown) return 'page-down';
	if (key.home) return 'home';
	if (key.end) return 'end';
	// Terminals send for the backspace key what others send for delete.
	if (key.backspace || key.delete) return 'backspace';
	if (key.tab) return 'tab';
	return key.ctrl ? `ctrl-${input}` : (controlNames[input] ?? input);
};

/** The text that a key stands for; empty for keys that write nothing. */
export const typedText = (name: string): string =>
	name === 'space' ? ' ' : /^\P{Cc}$/u.test(name) ? name : '';

/** What was pasted, without what would move the cursor, and without the line breaks at its end. */
export const pastedText = (text: string): string =>
	text
		.replaceAll(/\r\n?/g, '\n')
		.replaceAll('\t', ' ')
		.replaceAll(/[^\P{Cc}\n]/gu, '')
		.replace(/\n+$/, '');

const keyLabels: Record<string, string> = {escape: 'esc', 'page-up': 'page up', 'page-down': 'page down'};

/** The name as it is written on the screen. */
export const keyLabel = (name: string, {arrows}: Symbols): string => {
	if (name === 'up-down') return `${arrows.up}${arrows.up.length > 1 ? ' ' : ''}${arrows.down}`;
	return {...keyLabels, ...arrows}[name] ?? name;
};
