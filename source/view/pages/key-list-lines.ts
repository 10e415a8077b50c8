import {messages} from '../../messages/index.js';
import type {Binding, HelpName} from '../binding.js';
import {keySpans, type Line, span, wrapLine} from '../line.js';
import type {Symbols} from '../symbols.js';

/** Columns for the names of the keys, and on a narrow screen. */
const keyColumns = 28;
const fewColumns = 14;

/** All keys and what they do. */
export const keyListLines = (keymap: Binding[], columns: number, symbols: Symbols): Line[] => [
	[],
	[span(messages.keys.heading, 'heading')],
	[],
	...[...keysByHelp(keymap)].flatMap(([help, keys]) =>
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

/** The keys for each help text; those of the first screen come first. */
const keysByHelp = (keymap: Binding[]): Map<HelpName, Set<string>> => {
	const rows = new Map<HelpName, Set<string>>();
	const isElsewhere = ({layers}: Binding) => Number(!layers.includes('screen'));
	for (const {help, keys, listKeys = keys} of keymap.toSorted((a, b) => isElsewhere(a) - isElsewhere(b)))
		rows.set(help, new Set([...(rows.get(help) ?? []), ...listKeys]));
	return rows;
};

const keyLabels: Record<string, string> = {escape: 'esc', 'page-up': 'page up', 'page-down': 'page down'};

/** The name as it is written on the screen. */
export const keyLabel = (name: string, {arrows}: Symbols): string => {
	if (name === 'up-down') return `${arrows.up}${arrows.up.length > 1 ? ' ' : ''}${arrows.down}`;
	return {...keyLabels, ...arrows}[name] ?? name;
};
