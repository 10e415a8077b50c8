import test from 'ava';
import {type Layout, type LiveNeed, layoutScreen} from '../../source/tui/text/layout.js';

const divides = test.macro((t, columns: number, rows: number, need: LiveNeed, expected: Partial<Layout>) => {
	t.like(layoutScreen({columns, rows}, need), expected);
});

test('text and live stand side by side at 120 columns', divides, 120, 36, 'all', {
	kind: 'wide',
	frame: {columns: 120, rows: 35},
	text: {columns: 52, rows: 31},
	live: {columns: 67, rows: 31},
});
test('text is never set wider than prose should be', divides, 240, 60, 'all', {
	kind: 'wide',
	text: {columns: 78, rows: 55},
	live: {columns: 161, rows: 55},
});
test('text stands above live at 80 columns', divides, 80, 24, 'all', {
	kind: 'stacked',
	frame: {columns: 80, rows: 23},
	text: {columns: 80, rows: 8},
	live: {columns: 80, rows: 10},
});
test('text gets what a challenge leaves', divides, 80, 24, 4, {
	kind: 'stacked',
	text: {columns: 80, rows: 14},
	live: {columns: 80, rows: 4},
});
test('a challenge gets no more than a run', divides, 80, 24, 17, {
	kind: 'stacked',
	text: {columns: 80, rows: 8},
	live: {columns: 80, rows: 10},
});
test('a challenge beside its text moves nothing', divides, 120, 36, 4, {
	kind: 'wide',
	text: {columns: 52, rows: 31},
	live: {columns: 67, rows: 31},
});
test('text gets most of the room before anything ran', divides, 80, 24, 'plan', {
	kind: 'stacked',
	text: {columns: 80, rows: 14},
	live: {columns: 80, rows: 4},
});
test('one line is enough for words on what will appear', divides, 80, 24, 'words', {
	kind: 'stacked',
	text: {columns: 80, rows: 17},
	live: {columns: 80, rows: 1},
});
test('text has all of the room when nothing will appear', divides, 80, 24, 'nothing', {
	kind: 'stacked',
	text: {columns: 80, rows: 19},
	live: {columns: 80, rows: 0},
});
test('text is as wide as prose beside the way through the chapter', divides, 120, 36, 'nothing', {
	kind: 'wide',
	text: {columns: 78, rows: 31},
	live: {columns: 41, rows: 31},
});
test('one at a time below 60 columns', divides, 59, 30, 'all', {
	kind: 'tabs',
	text: {columns: 59, rows: 26},
	live: {columns: 59, rows: 26},
});
test('one at a time below 16 rows', divides, 120, 15, 'all', {
	kind: 'tabs',
	text: {columns: 120, rows: 11},
	live: {columns: 120, rows: 11},
});

test('a frame is always one row lower than the terminal, and its parts fill it', t => {
	for (let columns = 1; columns <= 200; columns += 7) {
		for (let rows = 5; rows <= 60; rows++) {
			for (const need of ['all', 3, 'plan', 'words', 'nothing'] as const) {
				const {kind, frame, text, live} = layoutScreen({columns, rows}, need);
				const heights = {
					wide: 4 + Math.max(text.rows, live.rows),
					// A rule stands between them.
					stacked: 4 + text.rows + live.rows + (live.rows > 0 ? 1 : 0),
					tabs: 3 + text.rows,
				};
				t.is(frame.rows, rows - 1);
				t.is(heights[kind], frame.rows, `${kind} at ${columns}×${rows}`);
				t.is(kind === 'wide' ? text.columns + 1 + live.columns : text.columns, columns);
			}
		}
	}
});
