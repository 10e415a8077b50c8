import test from 'ava';
import type {Verdict} from '../../source/checks/model.js';
import {type Action, reduce} from '../../source/session/reduce.js';
import {selectIsUntried} from '../../source/session/select.js';
import {sampleState} from '../tui/sample-state.js';

const verdict = (finding: string, more: Partial<Verdict> = {}): Action => ({
	action: 'judge-challenge',
	stepId: 'port',
	verdict: {verdict: 'failed', finding, reason: `It is ${finding}.`, next: null, evidence: null, ...more},
	at: '',
});
const evidence = {container: null, image: null, listening: null, exposed: [], published: [], answer: null};
const atPort = (finding: string, container: string | null) =>
	verdict(finding, {evidence: {...evidence, container}});
const run: Action = {action: 'begin-run', stepId: 'port'};
const gone = verdict('engine-gone', {verdict: 'unknown'});

const waits = test.macro((t, actions: Action[], expected: boolean) => {
	t.is(selectIsUntried(actions.reduce(reduce, sampleState()), 'port'), expected);
});

test('not judged yet', waits, [], false);
test('a port chain without a container', waits, [atPort('no-container', null)], true);
test('the same after something else was typed', waits, [atPort('no-container', null), run], true);
test(
	'an image that was built meanwhile',
	waits,
	[atPort('no-image', null), atPort('no-container', null)],
	true,
);
test('a container of one’s own', waits, [atPort('default-port', 'own')], false);
test('a command that Docker refused', waits, [atPort('refused', null)], false);
test('files as they were given', waits, [verdict('no-stage'), verdict('no-stage')], true);
test('a file that was changed', waits, [verdict('no-stage'), verdict('empty-stage')], false);
test('an engine that was gone for a while', waits, [verdict('no-stage'), gone, verdict('no-stage')], true);
test('one that was judged on demand', waits, [verdict('no-stage'), run], false);
test('one that passes', waits, [verdict('passed', {verdict: 'passed'})], false);
