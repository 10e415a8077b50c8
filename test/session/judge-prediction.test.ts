import test from 'ava';
import type {StageStatus} from '../../source/build/model.js';
import {judgePrediction} from '../../source/session/select/judge-prediction.js';

const judges = test.macro({
	exec(t, status: StageStatus, hasRun: boolean | null, right: string[]) {
		t.deepEqual(
			judgePrediction(
				['one'],
				[
					{name: 'one', status},
					{name: 'two', status},
				],
			),
			[
				{name: 'one', isExpected: true, status, hasRun, isRight: right.includes('one')},
				{name: 'two', isExpected: false, status, hasRun, isRight: right.includes('two')},
			],
		);
	},
	title: (_, status, hasRun) => {
		const words = hasRun === null ? 'may have run or not' : hasRun ? 'has run' : 'has not run';
		return `a stage that is ${status} ${words}`;
	},
});

test(judges, 'done', true, ['one']);
test(judges, 'cached', true, ['one', 'two']);
test(judges, 'failed', true, ['one']);
test(judges, 'skipped', false, ['two']);
test(judges, 'cancelled', null, []);
test(judges, 'waiting', null, []);
