import test from 'ava';
import {judgePrediction} from '../../source/session/select-builds.js';
import type {StageStatus} from '../../source/stages/model.js';

const judges = test.macro({
	exec(t, status: StageStatus, right: string[] | null) {
		const stages = ['one', 'two'].map(name => ({name, status}));
		const isRight = (name: string) => (right === null ? null : right.includes(name));
		t.deepEqual(judgePrediction(['one'], stages), [
			{name: 'one', isExpected: true, status, isRight: isRight('one')},
			{name: 'two', isExpected: false, status, isRight: isRight('two')},
		]);
	},
	title: (_, status, right) =>
		`a stage that is ${status} ${right === null ? 'proves nothing of a prediction' : `was foreseen as ${right}`}`,
});

test(judges, 'done', ['one']);
test(judges, 'cached', null);
test(judges, 'failed', ['one']);
test(judges, 'skipped', ['two']);
test(judges, 'cancelled', null);
test(judges, 'waiting', null);
