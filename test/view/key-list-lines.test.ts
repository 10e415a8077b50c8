import test from 'ava';
import {keymap} from '../../source/view/keymap.js';
import {lineWidth} from '../../source/view/line.js';
import {keyListLines} from '../../source/view/pages/key-list-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

for (const [columns, width] of [
	[118, 28],
	[78, 28],
	[48, 14],
	[38, 14],
] as const) {
	test(`keys stand apart from what they do at ${columns} columns, and nothing is wider`, t => {
		const lines = keyListLines(keymap, columns, symbols);
		const texts = lines.map(line => line.map(({text}) => text).join(''));
		for (const line of lines) t.true(lineWidth(line) <= columns);
		const table = texts.slice(texts.indexOf('Keys') + 2, texts.lastIndexOf(''));
		t.true(table.length > 20);
		for (const text of table) t.is(text.slice(width - 2, width).trim(), '', text);
	});
}
