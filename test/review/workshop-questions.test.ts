import test from 'ava';
import type {ReviewItem} from '../../source/review/item.js';
import {createRound} from '../../source/review/round.js';
import {simulateTrial} from '../../source/review/simulate-trial.js';
import {createQuestionSource, questionKind} from '../../source/review/workshop-questions.js';
import {howToAnswer, itemLines, judgedLines} from '../../source/view/review-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import type {Step, Workshop} from '../../source/workshop/model.js';
import {questionChapter, questionSteps} from '../tools/question-steps.js';

const page = {columns: 76, symbols: selectSymbols({LANG: 'en_GB.UTF-8'}, 'linux')};

const place = '/my workshops/a#b';
const asked = questionSteps();
const kindOf = (id: string, steps = asked) => {
	const step = steps.find(one => one.id === id);
	return step ? questionKind(place, step) : '';
};

/** The source of these cards, while the workshop has these steps; null: it is gone. */
const open = (kinds: string[], steps: Step[] | null = asked) =>
	createQuestionSource(kinds, where => {
		if (where !== place || !steps) return null;
		const workshop = {title: 'Asks', chapters: [{steps}]} as unknown as Workshop;
		return {workshop, readText: text => text};
	});

const answer = (item: ReviewItem, typed: string) => {
	const graded: boolean[] = [];
	const round = createRound([item], {tryOut: simulateTrial, onJudged: (_, isRight) => graded.push(isRight)});
	const refused = round.answer(typed);
	const text = judgedLines(round.getState(), page)
		.map(line => line.map(one => one.text).join(''))
		.join('\n');
	return {graded, refused, text, asked: howToAnswer(round.getState())};
};

const placeOf = ({choices}: ReviewItem, label: string): string =>
	String((choices?.findIndex(one => one.label === label) ?? -1) + 1);

const draw = (id: string): ReviewItem => open([kindOf(id)]).create(kindOf(id), 1);

test('a question is asked as its workshop asks it, with the workshop’s name', t => {
	const item = draw('which-stages');
	const round = createRound([item], {tryOut: simulateTrial, onJudged() {}});
	const text = itemLines(round.getState(), page)
		.map(line => line.map(one => one.text).join(''))
		.join('\n');
	t.regex(text, /^Which stages run\? {2}Asks$/m);
	t.regex(text, /^The last stage copies from words only\.$/m);
	t.regex(text, / [123] {2}words and the last one$/m);
});

test('its choices are in another order each time, and the same for a seed', t => {
	const source = open([kindOf('which-stages')]);
	const order = (seed: number) => JSON.stringify(source.create(kindOf('which-stages'), seed).choices);
	t.true(new Set(Array.from({length: 20}, (_, seed) => order(seed))).size > 3);
	t.is(order(7), order(7));
});

for (const [id, typed, isRight, says] of [
	['which-stages', 'words and the last one', true, /^✔ Right\. ?\nNothing needs the others\.$/],
	[
		'which-stages',
		'All of them',
		false,
		/^✖ Not quite\. ?\nThe legacy builder does that\.\n\nThe right answer: words and the last one\nNothing needs the others\.$/,
	],
	['how-many', '3', true, /Right\. ?\nEach FROM begins one\.$/],
	['how-many', '2', false, /Not quite\. ?\nThe last one counts too\.\n\nThe right answer: 3\nEach FROM/],
	['which-flag', '--TARGET', true, /Right\./],
	['which-flag', '-t', false, /Not quite\. ?\nIt names a stage\.\n\nThe right answer: --target/],
] as const) {
	test(`${id}: ${typed} is judged and explained as in the workshop`, t => {
		const item = draw(id);
		const {graded, text} = answer(item, item.choices ? placeOf(item, typed) : typed);
		t.deepEqual(graded, [isRight]);
		t.regex(text, says);
	});
}

test('where several answers are right, all their numbers are typed', t => {
	const item = draw('what-stays');
	const [copied, base] = ['What is copied', 'What is in its base image'].map(label => placeOf(item, label));
	const stays = placeOf(item, 'What is in the other stages');
	t.regex(answer(item, '').asked, /numbers of all that are right, from 1 to 3/);
	for (const typed of [`${copied} ${base}`, `${base}, ${copied}`])
		t.deepEqual(answer(item, typed).graded, [true]);
	t.like(answer(item, `${copied}`), {graded: [false]});
	t.regex(answer(item, `${copied}`).text, /Not quite\. One more answer is right\./);
	t.regex(
		answer(item, `${copied} ${stays}`).text,
		/They stay behind\.[\s\S]*The right answer: What is .*; What is /,
	);
	t.like(answer(item, `${copied} 9`), {graded: []});
	t.regex(answer(item, `${copied} 9`).refused ?? '', /is not one of the answers/);
});

test('a word is no answer where a number is asked for', t => {
	const {graded, refused} = answer(draw('how-many'), 'three');
	t.deepEqual(graded, []);
	t.regex(refused ?? '', /is not a number/);
});

for (const [title, steps] of [
	['whose workshop is gone', null],
	['that is no longer there', asked.filter(({id}) => id !== 'how-many')],
	['whose right answer has changed', questionSteps(questionChapter.replace('is: 3', 'is: 4'))],
] as Array<[string, Step[] | null]>) {
	test(`a question ${title} is left out`, t => {
		t.deepEqual(open([kindOf('how-many')], steps).kinds, []);
	});
}

test('a correction of its text does not lose it, and other cards are not its business', t => {
	const steps = questionSteps(questionChapter.replaceAll('Three lines', 'Just three lines'));
	t.deepEqual(open(['ports', kindOf('how-many')], steps).kinds, [kindOf('how-many')]);
});
