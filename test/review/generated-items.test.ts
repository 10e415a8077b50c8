import test from 'ava';
import type {ReviewItem} from '../../source/review/item.js';
import {simulateTrial} from '../../source/review/simulate-trial.js';
import {generatedItems} from '../../source/review/sources.js';
import {deep} from '../tools/deep.js';

const count = deep(60, 1112);

const judge = (item: ReviewItem, answer: string) => {
	const trial = item.trialOf(answer);
	return item.judge(answer, trial && simulateTrial(trial));
};

/** What is wrong with an item; null if it can be asked. */
const explainUnfit = (item: ReviewItem): string | null => {
	const {right, wrong, choices} = item;
	const rightly = judge(item, right);
	if (rightly.verdict !== 'right') return `${right} is judged ${rightly.finding}`;
	if (wrong.length < 3) return `there are only ${wrong.length} wrong answers`;
	for (const {answer, finding} of wrong) {
		const wrongly = judge(item, answer);
		if (wrongly.finding !== finding) return `${answer} is judged ${wrongly.finding} and not ${finding}`;
		if (wrongly.verdict !== 'wrong') return `${answer} is judged ${wrongly.verdict}`;
	}
	const says = wrong.map(({answer}) => judge(item, answer).says);
	if (new Set([rightly.says, ...says]).size <= wrong.length) return `two answers have the same explanation`;
	const offered = choices?.map(({answer}) => answer).sort();
	const known = [right, ...wrong.map(({answer}) => answer)].sort();
	return offered && offered.join() !== known.join() ? 'the choices are not the answers' : null;
};

for (const kind of generatedItems.kinds) {
	test(`every item of the kind ${kind} can be solved, and each of its wrong answers has a finding of its own`, t => {
		const unfit = Array.from({length: count}, (_, seed) => seed).flatMap(seed => {
			const item = generatedItems.create(kind, seed);
			const why = explainUnfit(item);
			return why === null ? [] : [`seed ${seed}: ${why}\n${JSON.stringify(item.shown, null, 1)}`];
		});
		t.deepEqual(unfit.slice(0, 3), []);
	});

	test(`items of the kind ${kind} differ, and a seed always gives the same`, t => {
		const write = (seed: number) => JSON.stringify(generatedItems.create(kind, seed));
		const texts = Array.from({length: count}, (_, seed) => write(seed));
		t.true(new Set(texts).size > 0.9 * count);
		t.is(texts[1], write(1));
	});
}
