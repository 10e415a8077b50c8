import test from 'ava';
import {describeProgress} from '../../source/app/output.js';
import type {PackProgress} from '../../source/pack/progress.js';

const at = (done: number, total: number | null): PackProgress => ({
	doing: 'loading',
	what: 'a:1',
	done,
	total,
});

const cases: Array<[what: string, progress: PackProgress, seconds: number, line: string]> = [
	['the beginning', at(1, 200e6), 0, 'Loading a:1, 200 MB…'],
	['a beginning of unknown length', at(1, null), 0, 'Loading a:1…'],
	['no rate is told before there is one', at(5e6, 200e6), 0.4, 'Loading a:1: 5 MB of 200 MB'],
	['the middle', at(50e6, 200e6), 2, 'Loading a:1: 50 MB of 200 MB, 25 MB/s, 6 s left'],
	['a long way', at(20e6, 2e9), 10, 'Loading a:1: 20 MB of 2 GB, 2 MB/s, 17 min left'],
	['the end', at(200e6, 200e6), 4, 'Loading a:1: 200 MB of 200 MB, 50 MB/s, 0 s left'],
	['an unknown length', at(20e6, null), 10, 'Loading a:1: 20 MB, 2 MB/s'],
];

for (const [what, progress, seconds, line] of cases) {
	test(`progress: ${what}`, t => t.is(describeProgress(progress, seconds), line));
}
