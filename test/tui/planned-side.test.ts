import test from 'ava';
import {selectStep} from '../../source/session/select.js';
import {createRunView, type SessionState} from '../../source/session/state.js';
import {plannedSide} from '../../source/tui/screens/step/build-side.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {samplePlan} from './sample-plans.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const refused = {...createRunView(selectStep(sampleState()), ''), phase: 'over' as const};

const titled = test.macro((t, more: Partial<SessionState>, expected: string) => {
	const state = sampleState({plans: {build: samplePlan}, ...more});
	const tick = {frame: 0, now: 0, sinceSnapshot: 0};
	const {above} = plannedSide(state, samplePlan, {columns: 60, rows: 30}, {symbols, tick});
	t.is(above[0]?.map(({text}) => text).join(''), expected);
});

test('before anything ran', titled, {}, 'simple:build · BuildKit · has not run in this session');
test('while it begins', titled, {runningStepId: 'build'}, 'simple:build · BuildKit · begins');
test(
	'while another step runs',
	titled,
	{runningStepId: 'run'},
	'simple:build · BuildKit · has not run in this session',
);
test('after a run that left nothing to show', titled, {runs: {build: refused}}, 'simple:build · BuildKit');
