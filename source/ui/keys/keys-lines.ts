import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {wrapLine} from '../text/wrap-line.js';
import {keyLabel} from './key-name.js';
import {type Binding, keymap} from './keymap.js';

/** Columns of the key names, and where there are few. */
const keyColumns = 28;
const fewColumns = 14;

/** All keys and what they do. */
export const keysLines = (columns: number, symbols: Symbols): Line[] => [
	[],
	[span('Keys', 'heading')],
	[],
	...[...keysByHelp()].flatMap(([help, keys]) => keyLines([...keys], help, columns, symbols)),
	[],
	...wrapLine(
		[span('In a question its own keys answer; enter takes the first answer, esc the last.')],
		columns,
	),
];

/** Keys and what they do, side by side; as many lines of either as it takes. */
const keyLines = (keys: string[], help: string, columns: number, symbols: Symbols): Line[] => {
	const width = columns < 60 ? fewColumns : keyColumns;
	// A key's own words stay on one line.
	const names = keys.map(key => keyLabel(key, symbols).replaceAll(' ', blank)).join('  ');
	const left = wrapLine([span(names, 'strong')], width - 2);
	const right = wrapLine([span(help)], columns - width);
	return Array.from({length: Math.max(left.length, right.length)}, (_, row): Line => {
		const label = (left[row] ?? [])
			.map(({text}) => text)
			.join('')
			.replaceAll(blank, ' ');
		return [span(label.padEnd(width), 'strong'), ...(right[row] ?? [])];
	});
};

/** A space at which no line is broken. */
const blank = '\u00A0';

/** Rows of the table that do the same thing are one row of the list; those of the first screen come first. */
const keysByHelp = (): Map<string, Set<string>> => {
	const rows = new Map<string, Set<string>>();
	const isElsewhere = ({layers}: Binding) => Number(!layers.includes('screen'));
	for (const {help, keys, listed = keys} of [...keymap].sort((a, b) => isElsewhere(a) - isElsewhere(b)))
		rows.set(help, new Set([...(rows.get(help) ?? []), ...listed]));
	return rows;
};
