import test from 'ava';
import type {StageStatus} from '../../source/build/model.js';
import {judgePrediction} from '../../source/session/select/judge-prediction.js';

const judges = test.macro({
	exec(t, status: StageStatus, hasRun: boolean | null) {
		t.deepEqual(
			judgePrediction(
				['one'],
				[
					{name: 'one', status},
					{name: 'two', status},
				],
			),
			[
				{name: 'one', isExpected: true, status, hasRun},
				{name: 'two', isExpected: false, status, hasRun},
			],
		);
	},
	title: (_, status, hasRun) => {
		const words = hasRun === null ? 'may have run or not' : hasRun ? 'has run' : 'has not run';
		return `a stage that is ${status} ${words}`;
	},
});

test(judges, 'done', true);
test(judges, 'cached', true);
test(judges, 'failed', true);
test(judges, 'skipped', false);
test(judges, 'cancelled', null);
test(judges, 'waiting', null);
