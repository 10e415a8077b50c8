import type {Symbols} from '../symbols.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, span} from '../text/line.js';
import {keyLabel} from './key-name.js';
import {type Binding, keymap} from './keymap.js';

/** Columns of the key names. */
const keyColumns = 28;

/** All keys and what they do. */
export const keysLines = (columns: number, symbols: Symbols): Line[] => [
	[],
	[span('Keys', 'heading')],
	[],
	...[...keysByHelp()].flatMap(([help, keys]) => {
		const names = [...keys].map(key => keyLabel(key, symbols)).join('  ');
		return hangLine([span(names.padEnd(keyColumns), 'strong')], [span(help)], columns);
	}),
	[],
	[span('In a question its own keys answer; enter takes the first answer, esc the last.')],
];

/** Rows of the table that do the same thing are one row of the list; those of the first screen come first. */
const keysByHelp = (): Map<string, Set<string>> => {
	const rows = new Map<string, Set<string>>();
	const isElsewhere = ({layers}: Binding) => Number(!layers.includes('screen'));
	for (const {help, keys, listed = keys} of [...keymap].sort((a, b) => isElsewhere(a) - isElsewhere(b)))
		rows.set(help, new Set([...(rows.get(help) ?? []), ...listed]));
	return rows;
};
