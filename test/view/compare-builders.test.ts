import test from 'ava';
import type {Timeline} from '../../source/session/state.js';
import type {StageStatus} from '../../source/stages/model.js';
import {compareBuilders} from '../../source/view/wording.js';

type Row = [name: string, began: number | null, ended: number | null, status?: StageStatus];

const timeline = (seconds: number, rows: Row[]): Timeline => ({
	runId: 'run',
	builder: null,
	seconds,
	stages: rows.map(([name, began, ended, status = 'done']) => ({
		name,
		status,
		reason: null,
		seconds: began === null || ended === null ? null : ended - began,
		began,
		ended,
	})),
});

const inTurn: Row[] = [
	['left', 0, 3],
	['right', 3, 6],
	['final', 6, 6.1],
];

const says = test.macro({
	exec(t, legacy: Timeline, buildkit: Timeline, expected: string) {
		t.is(compareBuilders({legacy, buildkit}), expected);
	},
	title: title => title ?? '',
});

test(
	'stages that ran at the same time are named, not one that only touches them',
	says,
	timeline(7, inTurn),
	timeline(3.5, [
		['left', 0, 3],
		['right', 0.2, 3.2],
		['final', 3.1, 3.3],
	]),
	'BuildKit took 3.5 s, the legacy builder 7.0 s: 2.0 times as fast. It ran left and right at the same time.',
);
test(
	'a stage that was skipped is named',
	says,
	timeline(4, inTurn),
	timeline(2, [
		['left', 0, 1],
		['right', null, null, 'skipped'],
		['final', 1, 1.1],
	]),
	'BuildKit took 2.0 s, the legacy builder 4.0 s: 2.0 times as fast. It skipped right.',
);
test(
	'less than 5 % is about the same',
	says,
	timeline(4.1, inTurn),
	timeline(4, inTurn),
	'BuildKit took 4.0 s, the legacy builder 4.1 s: about the same.',
);
test(
	'a BuildKit that took longer is told as it was',
	says,
	timeline(2, inTurn),
	timeline(3, inTurn),
	'BuildKit took 3.0 s, the legacy builder 2.0 s: 1.5 times as long. Another build may give another result.',
);
test(
	'large factors have no decimals',
	says,
	timeline(120, inTurn),
	timeline(10, inTurn),
	'BuildKit took 10.0 s, the legacy builder 2 min 00 s: 12 times as fast.',
);
