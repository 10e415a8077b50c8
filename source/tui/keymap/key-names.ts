import type {Key} from 'ink';

/** The most characters that arrive at once from typing ahead. More have been pasted. */
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
 * The names of the pressed keys, as in the key table: `enter`, `left`, `ctrl-c`, `a`. Keys that are pressed faster than
 * they are read arrive as one text. A long text has been pasted, and presses no keys unless text is being typed.
 */
export const keyNames = (input: string, key: Key, isTyping = false): string[] => {
	if (input.length < 2) return [isTyping ? withModifier(input, key) : keyName(input, key)];
	if (input.length > maxTypedAhead && !isTyping) return [];
	return [...input].map(character => controlNames[character] ?? character);
};

/** While text is being typed, a key with alt and an arrow with ctrl have names of their own. */
const withModifier = (input: string, key: Key): string => {
	const name = keyName(input, key);
	if (key.meta && !key.escape) return `alt-${name}`;
	return key.ctrl && (key.leftArrow || key.rightArrow) ? `ctrl-${name}` : name;
};

/** Whether text has been pasted, judged by its length, because some terminals don't mark pasted text. */
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
	// Some terminals send for backspace what others send for delete.
	if (key.backspace || key.delete) return 'backspace';
	if (key.tab) return 'tab';
	return key.ctrl ? `ctrl-${input}` : (controlNames[input] ?? input);
};

/** The text that a key stands for; empty for keys that write nothing. */
export const typedText = (name: string): string =>
	name === 'space' ? ' ' : /^\P{Cc}$/u.test(name) ? name : '';

/** Pasted text, without control characters and without the line breaks at its end. Line breaks inside it stay. */
export const pastedText = (text: string): string =>
	text
		.replaceAll(/\r\n?/g, '\n')
		.replaceAll('\t', ' ')
		.replaceAll(/[^\P{Cc}\n]/gu, '')
		.replace(/\n+$/, '');
