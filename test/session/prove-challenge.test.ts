import test from 'ava';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import type {RunContext} from '../../source/session/run-context.js';
import {proveChallenge} from '../../source/session/run-step.js';
import {selectStep} from '../../source/session/select.js';
import {sampleState} from '../tui/sample-state.js';

const check: CheckDeclaration = {
	check: 'file',
	path: 'simple/Dockerfile',
	has: ['AS lint'],
	finding: 'no-stage',
	hint: 'Open a stage with the name lint.',
};

/** All that judging needs before anything runs: a file of the lab folder. */
const conductOver = (text: string | null) =>
	({
		engine: {},
		lab: {read: () => text},
		signal: new AbortController().signal,
		onView: () => {},
	}) as unknown as RunContext;

test('a challenge that fails before anything is run says so', async t => {
	const step = {
		...selectStep(sampleState({stepId: 'port'})),
		checks: [check],
		judge: [{run: 'docker build .', edit: null, checks: []}],
	};
	const {verdict, run, notice} = await proveChallenge(
		step,
		{builder: 'buildkit'},
		conductOver('FROM alpine'),
	);
	t.is(verdict.verdict, 'failed');
	t.is(run, null);
	t.is(notice, `Nothing was run, because a check fails already: ${verdict.reason}`);
});
