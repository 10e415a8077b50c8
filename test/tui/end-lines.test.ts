import test from 'ava';
import {selectMainSteps} from '../../source/session/select.js';
import {endLines} from '../../source/tui/screens/end/end-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {sampleState} from './sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const textOf = (...of: Parameters<typeof sampleState>): string =>
	endLines(sampleState({screen: 'end', ...of[0]}), 120, symbols)
		.map(line => line.map(({text}) => text).join(''))
		.join(' ');
const all = Object.fromEntries(
	selectMainSteps(sampleState()).map(({id}) => [id, {at: '2026-01-02T03:04:05Z', finding: 'passed'}]),
);

test('with every step passed the other workshops are named', t => {
	t.regex(textOf({passed: all}), /multistage-workshop list\W+names the other workshops/);
});

test('with a step open it is the one to go to', t => {
	const text = textOf();
	t.regex(text, /goes to a step that is open/);
	t.notRegex(text, /workshop list/);
});

test('questions that were left unanswered are counted, named, and reached by g', t => {
	const questions = selectMainSteps(sampleState())
		.slice(0, 2)
		.map(({id}) => [id, {at: '2026-01-02T03:04:05Z', finding: 'not-answered'}]);
	const text = textOf({passed: {...all, ...Object.fromEntries(questions)}});
	const count = Object.keys(all).length;
	t.notRegex(text, /every step passed/);
	t.true(text.includes(`${count - 2} of ${count} steps passed`), text);
	t.regex(text, /Questions not answered yet +. .+g goes to a question that is not answered/);
});

test('a review is announced once its day is known', t => {
	t.notRegex(textOf(), /review/);
	const due = (days: number) => textOf({slices: {'review-due': days}});
	t.regex(due(3), /A review of about three minutes is due in 3 days: .*multistage-workshop review\./);
	t.regex(due(0), /A review is due, of about three minutes/);
});
