import {messages} from '../../messages/index.js';
import {type Judgement, type ReviewItem, rightFinding} from '../item.js';
import {createRandom, type Random} from '../random.js';
import {simulateTrial} from '../simulate-trial.js';
import type {Observation, Trial} from '../trial.js';

/** Draws an item of one kind; null if this draw has fewer than three different wrong answers, so draw again. */
export type ItemDrawer = (random: Random) => ReviewItem | null;

/** The fewest typical wrong answers of an item. */
const fewestWrong = 3;

/** The most answers to choose from, the right one included. */
const mostChoices = 5;

/** Draws until an item can be asked. */
export const drawItem = (draw: ItemDrawer, seed: number): ReviewItem => {
	const random = createRandom(seed);
	for (;;) {
		const item = draw(random);
		if (item) return item;
	}
};

/** An answer to choose. `says`: what is wrong about it, if it is wrong. */
type Option = {answer: string; finding: string; says: string};

/**
 * Creates an item whose answer is chosen. The model answers it: `read` takes the right answer from what a trial has
 * shown. Of options with the same answer or the same finding, the first counts, and those that turn out right are left
 * out. `labelOf`: how an answer is shown. Null if too few options are wrong.
 */
export const createChoiceItem = (
	{
		trial,
		read,
		options,
		right: {label: labelOf = answer => answer, says},
		...item
	}: Pick<ReviewItem, 'kind' | 'question' | 'shown'> & {
		trial: Trial;
		read(seen: Observation): string;
		options: Option[];
		right: {label?: (answer: string) => string; says(seen: Observation): string};
	},
	random: Random,
): ReviewItem | null => {
	const right = read(simulateTrial(trial));
	const wrong = options
		.filter(({answer}) => answer !== right)
		.filter(
			({answer, finding}, index, all) =>
				all.findIndex(one => one.answer === answer || one.finding === finding) === index,
		)
		.slice(0, mostChoices - 1);
	if (wrong.length < fewestWrong) return null;
	return {
		...item,
		choices: random
			.shuffle([{answer: right}, ...wrong])
			.map(({answer}) => ({answer, label: labelOf(answer)})),
		right,
		wrong,
		trialOf: () => trial,
		judge(answer, seen) {
			if (!seen || seen.unclear !== null) return unknown(seen);
			if (answer === read(seen)) return {verdict: 'right', finding: rightFinding, says: says(seen)};
			const known = wrong.find(option => option.answer === answer);
			return known ? {verdict: 'wrong', ...known} : unknown(seen);
		},
	};
};

/** A file of a trial, as it is shown. */
export const showFile = (name: string, text: string): ReviewItem['shown'][number] => ({
	form: 'file',
	name,
	text,
});

/** A command, as it is shown. */
export const showCommand = (argv: string[]): ReviewItem['shown'][number] => ({
	form: 'command',
	text: argv.join(' '),
});

/** The name of an image that items build. No image of the learner's own has it. */
export const reviewImage = (name: string): string => `review/${name}`;

/** The words of a build. `target`: null for none. */
export const buildWords = (image: string, target: string | null, context = '.'): string[] => [
	...['docker', 'build', '-t', image],
	...(target === null ? [] : ['--target', target]),
	context,
];

/** The judgement if a trial could not show what an answer does. */
export const unknown = (seen: Observation | null): Judgement => ({
	verdict: 'unknown',
	finding: 'unclear',
	says: seen?.unclear ?? messages.review.nothingToTry,
});
