import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {cutLine, type Line, span, widthOfLine} from '../text/line.js';
import {activeBindings} from './find-binding.js';
import {keyLabel} from './key-name.js';
import {plainlyShown, type Shown} from './keymap.js';

type Entry = {line: Line; priority: number};

/** The keys that work now, in one line: what matters least is left out when there is no room for all. */
export const footerLine = (
	state: SessionState,
	columns: number,
	symbols: Symbols,
	shown: Partial<Shown> = {},
): Line => {
	let entries = [
		...(state.question ? answerEntries(state.question) : []),
		...bindingEntries(state, symbols, {...plainlyShown, ...shown}),
	];
	while (widthOfLine(join(entries)) > columns && entries.length > 1) {
		const least = Math.max(...entries.map(({priority}) => priority));
		const index = entries.findLastIndex(({priority}) => priority === least);
		entries = entries.filter((_, other) => other !== index);
	}
	return cutLine(join(entries), columns);
};

const bindingEntries = (state: SessionState, symbols: Symbols, shown: Shown): Entry[] =>
	activeBindings(state, shown).flatMap(({keys, shown: named, label, priority}) => {
		const text = label(state, shown);
		const names = (named ?? keys.slice(0, 1)).map(name => keyLabel(name, symbols)).join(' ');
		return text === null ? [] : [{line: entryLine(names, text), priority}];
	});

const answerEntries = ({choices}: NonNullable<SessionState['question']>): Entry[] =>
	choices.map(({key, label}, index) => ({
		line: entryLine(index === 0 ? `${key}/enter` : key, label),
		priority: index,
	}));

const entryLine = (keys: string, label: string): Line => [span(keys, 'strong'), span(` ${label}`, 'plain')];

const join = (entries: Entry[]): Line => [
	span(' '),
	...entries.flatMap(({line}, index) => (index > 0 ? [span('   '), ...line] : line)),
];
