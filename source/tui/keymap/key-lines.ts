import {messages} from '../../messages/index.js';
import type {SessionState} from '../../session/state.js';
import {activeBindings} from '../../view/find-binding.js';
import {type Binding, defaultKeyContext, type HelpName, type KeyContext, keymap} from '../../view/keymap.js';
import {cutLine, keySpans, type Line, lineWidth, span, wrapLine} from '../../view/line.js';
import {type Symbols, turningMark} from '../../view/symbols.js';
import {keyLabel} from './key-names.js';

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
		const names = footerKeys.map(key => keyLabel(key, symbols)).join(' ');
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
	(screen !== 'step' || overlay !== null || question !== null || stepId !== runningStepId);

const joinEntries = (begin: Line, entries: Entry[]): Line => [
	...begin,
	...entries.flatMap(({line}, index) => (index > 0 ? [span('   '), ...line] : line)),
];

/** Columns for the names of the keys, and on a narrow screen. */
const keyColumns = 28;
const fewColumns = 14;

/** All keys and what they do. */
export const keyListLines = (columns: number, symbols: Symbols): Line[] => [
	[],
	[span(messages.keys.heading, 'heading')],
	[],
	...[...keysByHelp()].flatMap(([help, keys]) =>
		keyLines([...keys], messages.keys.help[help], columns, symbols),
	),
	[],
	...wrapLine(keySpans(messages.keys.inAQuestion), columns),
];

/** Keys and what they do, side by side. Both are wrapped. */
const keyLines = (keys: string[], help: string, columns: number, symbols: Symbols): Line[] => {
	const width = columns < 60 ? fewColumns : keyColumns;
	// A name of several words stays on one line.
	const names = keys.map(key => keyLabel(key, symbols).replaceAll(' ', noBreakSpace)).join('  ');
	const left = wrapLine([span(names, 'strong')], width - 2);
	const right = wrapLine([span(help)], columns - width);
	return Array.from({length: Math.max(left.length, right.length)}, (_, row): Line => {
		const label = (left[row] ?? [])
			.map(({text}) => text)
			.join('')
			.replaceAll(noBreakSpace, ' ');
		return [span(label.padEnd(width), 'strong'), ...(right[row] ?? [])];
	});
};

/** A non-breaking space. */
const noBreakSpace = '\u00A0';

/** The keys for each help text; those of the layer `screen` come first. */
const keysByHelp = (): Map<HelpName, Set<string>> => {
	const rows = new Map<HelpName, Set<string>>();
	const isElsewhere = ({layers}: Binding) => Number(!layers.includes('screen'));
	for (const {help, keys, listKeys = keys} of keymap.toSorted((a, b) => isElsewhere(a) - isElsewhere(b)))
		rows.set(help, new Set([...(rows.get(help) ?? []), ...listKeys]));
	return rows;
};
