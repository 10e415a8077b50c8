import test from 'ava';
import {createReport} from '../../source/report/report.js';
import {type Action, reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import {challengeLines} from '../../source/tui/screens/step/live-side.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {sampleState} from './sample-state.js';

/** What a lab is judged by before anything was done in it: its start does not pass. */
const atStart: Action = {
	action: 'judge-challenge',
	stepId: 'port',
	verdict: {verdict: 'failed', finding: 'no-stage', reason: 'No stage.', next: null, evidence: null},
	at: '',
};
const afterTry: Action = {
	action: 'judge-challenge',
	stepId: 'port',
	verdict: {verdict: 'failed', finding: 'empty-stage', reason: 'Empty.', next: null, evidence: null},
	at: '',
};

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const after = (...actions: Action[]): SessionState => actions.reduce(reduce, sampleState({stepId: 'port'}));
const shown = (state: SessionState): string =>
	challengeLines(state, 80, symbols)
		.map(line => line.map(({text}) => text).join(''))
		.join('\n');

test('the screen calls a lab waiting before its first try, and failed after it', t => {
	t.regex(shown(after(atStart)), /○ waiting: No stage\./);
	t.regex(shown(after(atStart, afterTry)), /✖ failed: Empty\./);
});

const reported = (state: SessionState) =>
	createReport(state, {at: new Date(0)})
		.chapters.flatMap(({steps}) => steps)
		.find(({title}) => title === 'Serve it on a port of your own')?.result;

test('the report calls a lab open before its first try, and failed after it', t => {
	t.is(reported(after(atStart)), 'open');
	t.is(reported(after(atStart, afterTry)), 'failed');
});
