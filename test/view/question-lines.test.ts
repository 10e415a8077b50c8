import test from 'ava';
import {draftAnswer} from '../../source/session/asking.js';
import {reduce} from '../../source/session/reduce.js';
import type {SessionState} from '../../source/session/state.js';
import {choiceLines, judgementLines} from '../../source/view/question-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {askFirst} from '../tools/question-steps.js';
import {sampleState} from '../tui/sample-state.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

/** A session at a question, answered and ticked like this. */
const at = (stepId: string, given: string[] = [], ticked: string[] = []): SessionState => {
	const state = sampleState({
		stepId,
		answers: given.length > 0 ? {[stepId]: {given, first: 'wrong'}} : {},
	});
	const asked = {...state, workshop: askFirst(state.workshop)};
	return ticked.length > 0 ? reduce(asked, draftAnswer.set({stepId, ticked})) : asked;
};

const draws = test.macro((t, draw: typeof choiceLines, state: SessionState, expected: string[]) => {
	t.deepEqual(
		draw(state, 30, symbols).map(line => line.map(({text}) => text).join('')),
		expected,
	);
});

test('answers have numbers and boxes, and wrap beside them', draws, choiceLines, at('what-stays'), [
	'1 [ ] What is copied',
	'2 [ ] What is in the other',
	'      stages',
	'3 [ ] What is in its base',
	'      image',
]);
test(
	'what is ticked is marked in place of the last answer',
	draws,
	choiceLines,
	at('which-stages', ['All of them'], ['Only the last one']),
	['1 [ ] All of them', '2 [ ] words and the last one', '3 [x] Only the last one'],
);
test('the last answer is marked', draws, choiceLines, at('which-stages', ['All of them']), [
	'1 [x] All of them',
	'2 [ ] words and the last one',
	'3 [ ] Only the last one',
]);
test('an answer that is typed has nothing to tick', draws, choiceLines, at('how-many'), []);

test(
	'nothing is judged before an answer',
	draws,
	judgementLines,
	at('which-stages', [], ['All of them']),
	[],
);
test('a wrong answer is explained', draws, judgementLines, at('which-stages', ['All of them']), [
	'✖ Not quite.',
	'The legacy builder does that.',
]);
test(
	'a right answer is explained, too',
	draws,
	judgementLines,
	at('which-stages', ['words and the last one']),
	['✔ Right.', 'Nothing needs the others.'],
);
test('an incomplete answer is said to be one', draws, judgementLines, at('what-stays', ['What is copied']), [
	'✖ Not quite. One more answer',
	'is right.',
]);
test('what was typed stands above its judgement', draws, judgementLines, at('how-many', ['2']), [
	'you said  2',
	'✖ Not quite.',
	'The last one counts too.',
]);
test(
	'the judgement goes while another answer is ticked',
	draws,
	judgementLines,
	at('which-stages', ['All of them'], ['Only the last one']),
	[],
);
