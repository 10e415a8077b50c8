import test from 'ava';
import type {Verdict} from '../../source/checks/model.js';
import {actionLines, fewerActionLines} from '../../source/ui/pages/action-lines.js';
import {selectSymbols} from '../../source/ui/symbols.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const verdictOf = (verdict: Verdict['verdict']): Verdict => ({
	verdict,
	finding: 'told-by-the-engine',
	reason: 'It is as it is.',
	next: null,
	evidence: null,
});

const prompts = test.macro((t, verdict: Verdict['verdict'], expected: string) => {
	const state = sampleState({
		stepId: 'port',
		challenges: {port: verdictOf(verdict)},
		passed: {port: {at: '2026-01-02T03:04:05Z', finding: 'passed'}},
	});
	const lines = actionLines(state, 80, {symbols, isAlone: false});
	t.is(
		lines
			.at(-1)
			?.map(({text}) => text)
			.join(''),
		expected,
	);
});

test('a lab that passes now did not only pass before', prompts, 'passed', 'Press enter to go on.');
test('a lab that no longer passes', prompts, 'failed', '✔ passed before. Press enter to go on.');

const textsOf = (lines: ReturnType<typeof actionLines>): string[] =>
	lines.map(line => line.map(({text}) => text).join(''));

test('in little room what enter does goes as a whole, and no line of the rest is lost', t => {
	const state = sampleState({stepId: 'port', challenges: {port: verdictOf('failed')}, tried: {port: true}});
	const means = {symbols, isAlone: true};
	const all = textsOf(actionLines(state, 40, means)).filter(text => text !== '');
	const [verdict, ...prompt] = all;
	t.is(verdict, '✖ failed: It is as it is.');
	t.true(prompt.length > 1);
	t.deepEqual(textsOf(fewerActionLines(state, {columns: 40, rows: all.length}, means)), all);
	t.deepEqual(textsOf(fewerActionLines(state, {columns: 40, rows: all.length - 1}, means)), [verdict]);
});
