import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import type {Verdict} from '../../source/checks/model.js';
import {isPossible} from '../../source/session/intents.js';
import {reduce} from '../../source/session/reduce.js';
import {
	selectFittingFinding,
	selectMayBeSolved,
	selectNextHelp,
	selectRevealed,
	selectSteps,
} from '../../source/session/select.js';
import type {SessionState} from '../../source/session/state.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import type {Step} from '../../source/workshop/model.js';
import {sampleState} from '../tui/sample-state.js';

const sample = selectSteps(sampleState()).find(({id}) => id === 'port') as Step;
const step: Step = {
	...sample,
	hints: [parseMarkdown('First.'), parseMarkdown('Second.')],
	fittingHints: [
		{findings: ['not-published', 'no-answer'], content: parseMarkdown('Publish it.')},
		{findings: ['default-port'], content: parseMarkdown('Not 80.')},
	],
	solution: parseMarkdown('This.'),
};

const found = (state: SessionState, finding: string): SessionState => {
	const verdict: Verdict = {verdict: 'failed', finding, reason: '', next: null, evidence: null};
	return reduce(state, {action: 'judge-challenge', stepId: 'port', verdict, at: ''});
};
/** What the key for hints does. */
const reveal = (state: SessionState): SessionState =>
	reduce(state, {action: 'reveal-hint', stepId: 'port', finding: selectFittingFinding(state, step)});
const shown = (state: SessionState): string[] =>
	selectRevealed(state, step).map(({content}) => textOf(content));

const start = sampleState({stepId: 'port'});

test('without a fitting hint the others come in their order, then the solution', t => {
	let state = found(start, 'paused');
	for (const expected of [['First.'], ['First.', 'Second.'], ['First.', 'Second.', 'This.']]) {
		t.false(selectMayBeSolved(state, step));
		state = reveal(state);
		t.deepEqual(shown(state), expected);
	}
	t.is(selectNextHelp(state, step), null);
	t.true(selectMayBeSolved(state, step));
});

test('the hint for what was found comes first, once, even for another finding that it is for', t => {
	let state = reveal(found(start, 'not-published'));
	t.deepEqual(shown(state), ['Publish it.']);
	state = reveal(found(state, 'no-answer'));
	t.deepEqual(shown(state), ['Publish it.', 'First.']);
});

test('each hint stands where it was revealed', t => {
	let state = reveal(found(start, 'paused'));
	state = reveal(found(state, 'default-port'));
	state = reveal(found(state, 'not-published'));
	state = reveal(state);
	t.deepEqual(shown(state), ['First.', 'Not 80.', 'Publish it.', 'Second.']);
});

test('a hint that fits later does not take the solution away', t => {
	let state = found(start, 'paused');
	for (let press = 0; press < 3; press++) state = reveal(state);
	state = found(state, 'default-port');
	t.is(selectNextHelp(state, step), 'hint');
	t.true(selectMayBeSolved(state, step));
	t.deepEqual(shown(reveal(state)).at(-1), 'Not 80.');
});

test('the hints revealed for findings are restored', t => {
	const hintsFor = {port: [{finding: 'default-port', behind: 0}]};
	const progress = {
		format: 1 as const,
		workshop: 'multi-stage',
		stepId: 'port',
		passed: {},
		hints: {port: 1},
		hintsFor,
		captured: {},
		builder: null,
		labFolder: '',
		engineId: null,
	};
	const state = reduce(start, {
		action: 'restore-progress',
		progress,
		problem: null,
		readOnly: false,
		replay: null,
	});
	t.deepEqual(shown(state), ['Not 80.', 'First.']);
	t.true(isPossible(state, 'reveal-hint'));
});

test('what is meant for afterwards stands between the hints from before the pass and those from after', t => {
	const full: Step = {...step, afterwards: parseMarkdown('Well.')};
	const texts = (state: SessionState) => selectRevealed(state, full).map(({content}) => textOf(content));
	const before = reveal(found(start, 'paused'));
	t.deepEqual(texts(before), ['First.']);
	const verdict: Verdict = {verdict: 'passed', finding: 'passed', reason: '', next: null, evidence: null};
	const over = reduce(before, {action: 'judge-step', stepId: 'port', verdict, at: ''});
	t.deepEqual(texts(over), ['First.', 'Well.']);
	t.deepEqual(texts(reveal(over)), ['First.', 'Well.', 'Second.']);
});
