import test from 'ava';
import {stageSentence} from '../../source/plain/run-text.js';
import type {Stage} from '../../source/stages/model.js';

const stage: Stage = {
	name: 'build',
	status: 'done',
	needs: [],
	reason: null,
	seconds: 1.84,
	began: 0,
	ended: 1.84,
	instructions: [],
	lineCount: 0,
	tail: [],
};

const says = test.macro({
	exec: (t, changes: Partial<Stage>, expected: string) =>
		t.is(stageSentence({...stage, ...changes}), expected),
	title: (_: string | undefined, __: Partial<Stage>, expected: string) => expected,
});

test(says, {}, 'stage build: done in 1.8 s');
test(says, {status: 'failed', seconds: 0.4}, 'stage build: failed after 0.4 s');
test(says, {status: 'cached', seconds: 0}, 'stage build: from the cache');
test(says, {status: 'running', seconds: null}, 'stage build: running');
test(
	says,
	{status: 'skipped', seconds: null, reason: 'nothing that is built needs this stage'},
	'stage build: skipped, nothing that is built needs this stage',
);
test(says, {seconds: null, reason: 'metadata only'}, 'stage build: done, metadata only');
