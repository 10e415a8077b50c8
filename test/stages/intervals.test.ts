import test from 'ava';
import {measureIntervals} from '../../source/stages/tracker/stage-state.js';

const lasts = test.macro(
	(t, intervals: Array<[began: number, ended: number]>, expected: Array<number | null>) => {
		const {seconds, began, ended} = measureIntervals(intervals.map(([began, ended]) => ({began, ended})));
		t.deepEqual([seconds, began, ended], expected);
	},
);
test('nothing lasts no time', lasts, [], [null, null, null]);
test('one interval is its own union', lasts, [[1, 3]], [2, 1, 3]);
test(
	'a gap does not count',
	lasts,
	[
		[4, 5],
		[1, 2],
	],
	[2, 1, 5],
);
test(
	'what overlaps counts once',
	lasts,
	[
		[1, 3],
		[2, 4],
	],
	[3, 1, 4],
);
test(
	'what lies inside adds nothing',
	lasts,
	[
		[1, 5],
		[2, 3],
		[4, 6],
	],
	[5, 1, 6],
);
test('times are rounded to milliseconds', lasts, [[0.1, 0.3000004]], [0.2, 0.1, 0.3]);
