import {messages} from '../../messages/index.js';
import type {SessionState} from '../../session/state.js';
import {defaultKeyContext, type KeyContext} from '../../view/binding.js';
import {activeBindings} from '../../view/find-binding.js';
import {cutLine, type Line, lineWidth, span} from '../../view/line.js';
import {keyLabel} from '../../view/pages/key-list-lines.js';
import {type Symbols, turningMark} from '../../view/symbols.js';

type Entry = {line: Line; priority: number};

/** The keys that work now, in one line. If they don't fit, the least important ones are left out. */
export const footerLine = (
	state: SessionState,
	columns: number,
	symbols: Symbols,
	shown: Partial<KeyContext> = {},
): Line => {
	let entries = [
		...(state.question ? answerEntries(state.question) : []),
		...bindingEntries(state, symbols, {...defaultKeyContext, ...shown}),
	];
	const begin = isAwayFromRun(state) ? [turningMark(symbols), span(' ')] : [span(' ')];
	const join = (shownEntries: Entry[]) => joinEntries(begin, shownEntries);
	while (lineWidth(join(entries)) > columns && entries.length > 1) {
		const lowest = Math.max(...entries.map(({priority}) => priority));
		const index = entries.findLastIndex(({priority}) => priority === lowest);
		entries = entries.filter((_, other) => other !== index);
	}
	return cutLine(join(entries), columns);
};

const bindingEntries = (state: SessionState, symbols: Symbols, context: KeyContext): Entry[] =>
	activeBindings(state, context).flatMap(binding => {
		const {keys, footerKeys = keys.slice(0, 1), label, priority = 9} = binding;
		const name = typeof label === 'function' ? label(state, context) : label;
		const words = name ? messages.keys.footer[name] : binding.words?.(state);
		if (words === undefined) return [];
		const named = typeof footerKeys === 'function' ? footerKeys(state) : footerKeys;
		const names = named.map(key => keyLabel(key, symbols)).join(' ');
		return [
			{
				line: entryLine(names, words),
				priority: typeof priority === 'function' ? priority(context) : priority,
			},
		];
	});

const answerEntries = ({choices}: NonNullable<SessionState['question']>): Entry[] =>
	choices.map(({key, label}, index) => ({
		line: entryLine(index === 0 ? `${key}/enter` : key, label),
		priority: index,
	}));

const entryLine = (keys: string, label: string): Line => [span(keys, 'strong'), span(` ${label}`, 'plain')];

/** Whether something runs that is not in sight, so that the footer has to show it. A step in sight shows it itself. */
const isAwayFromRun = ({screen, overlay, question, stepId, runningStepId}: SessionState): boolean =>
	runningStepId !== null &&
	((screen !== 'step' && screen !== 'build') ||
		overlay !== null ||
		question !== null ||
		stepId !== runningStepId);

const joinEntries = (begin: Line, entries: Entry[]): Line => [
	...begin,
	...entries.flatMap(({line}, index) => (index > 0 ? [span('   '), ...line] : line)),
];
