import test from 'ava';
import type {RunView} from '../../source/session/state.js';
import {stripColours} from '../../source/text/terminal-text.js';
import {widthOf} from '../../source/text/width.js';
import {innerSize} from '../../source/tui/components/pane-layout.js';
import {outputPane} from '../../source/tui/components/run-panes.js';
import {layoutScreen} from '../../source/tui/text/layout.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {spacing} from '../../source/view/theme.js';
import {finishedRun} from './sample-runs.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const tick = {frame: 0, now: 0, sinceSnapshot: 0};

/** What is seen of an output on a terminal of this size, row by row. */
const rowsOf = (lines: string[], columns: number, rows: number): string[] => {
	const {live} = layoutScreen({columns, rows}, 'all');
	const size = {...live, columns: live.columns - 2 * spacing.margin};
	const run: RunView = {...finishedRun, output: {lines, lineCount: lines.length}};
	const pane = outputPane(run, 'docker', size, {symbols, tick});
	return pane.rows
		.map(row => row.map(({text}) => text).join(''))
		.map(row => {
			if (widthOf(row) > innerSize(size).columns + (pane.isTight ? 2 : 0))
				throw new Error(`Too wide: ${row}`);
			return row;
		});
};

const sizes = [
	'REPOSITORY   TAG             IMAGE ID       CREATED              SIZE',
	'whoami       latest          8b2b1f6f7c55   About a minute ago   7.57MB',
	'golang       1.16.4-alpine   722a834ff95b   5 years ago          301MB',
];
const ports = ['80/tcp -> 0.0.0.0:32768', '80/tcp -> [::]:32768'];
const cache = 'The build cache of the engine (301 MB) stays; `docker builder prune` empties it.';
const json = `{"hostname":"${'0123456789abcdef'.repeat(12)}"}`;

for (const [columns, rows] of [
	[120, 36],
	[100, 30],
	[80, 24],
	[50, 14],
	[40, 12],
] as const) {
	const name = `at ${columns}×${rows}`;

	test(`the sizes of images are seen ${name}`, t => {
		const seen = rowsOf(sizes, columns, rows).join('\n');
		for (const size of ['SIZE', '7.57MB', '301MB']) t.true(seen.includes(size), seen);
	});

	test(`ports are seen ${name}`, t => {
		t.deepEqual(rowsOf(ports, columns, rows), ports);
	});

	test(`the end of a sentence is seen ${name}`, t => {
		t.is(rowsOf([cache], columns, rows).join(' '), cache);
	});

	test(`the end of one long word is seen ${name}`, t => {
		t.is(rowsOf([json], columns, rows).join(''), json);
	});

	test(`a long line keeps its colours in each of its rows ${name}`, t => {
		const red = `\u001B[31m${'word '.repeat(40)}end\u001B[39m`;
		const seen = rowsOf([red], columns, rows);
		t.true(seen.length > 1);
		for (const row of seen) t.regex(row, /^\u001B\[31m/);
		t.is(stripColours(seen.join(' ')), stripColours(red));
	});
}

test('at 120×36 a table stays in its rows', t => {
	t.is(rowsOf(sizes, 120, 36).length, 3);
});
