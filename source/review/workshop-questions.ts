import type {Root} from 'mdast';
import {messages} from '../messages/index.js';
import type {Step, StepQuestion, Workshop} from '../workshop/model.js';
import {hasSeveralRight, judgeAnswer, readNumber} from '../workshop/questions.js';
import {fingerprintStep} from '../workshop/steps.js';
import {type ItemSource, type Judgement, type ReviewItem, rightFinding} from './item.js';
import {createRandom} from './random.js';

/** A workshop whose questions were answered. */
export type AnsweredWorkshop = {
	workshop: Workshop;
	/** The text of a step as the learner reads it: in their dialect, with the files that it shows. */
	readText(text: Root): Root;
};

/**
 * The card of a workshop's question. A question with another right answer has another card. `place`: the ID of a shipped
 * workshop, or the absolute path of its folder.
 */
export const questionKind = (place: string, step: Step): string =>
	`question ${place}#${step.id}#${fingerprintStep(step)}`;

/**
 * The questions that have cards, as their workshops ask them now. Those whose workshop is gone, or which have changed,
 * are left out. `kinds`: the names of all cards. `open`: reads a workshop; null if it can't be read any more.
 */
export const createQuestionSource = (
	kinds: readonly string[],
	open: (place: string) => AnsweredWorkshop | null,
): ItemSource => {
	const opened = new Map<string, AnsweredWorkshop | null>();
	const items = new Map<string, {step: Step; from: AnsweredWorkshop}>();
	for (const kind of kinds) {
		const [, place, stepId] = /^question (.*)#([^#]*)#[^#]*$/.exec(kind) ?? [];
		if (place === undefined) continue;
		const from = opened.get(place) ?? (opened.has(place) ? null : open(place));
		opened.set(place, from);
		const steps = from?.workshop.chapters.flatMap(chapter => chapter.steps) ?? [];
		const step = steps.find(({id}) => id === stepId);
		if (from && step?.question && questionKind(place, step) === kind) items.set(kind, {step, from});
	}
	return {
		kinds: [...items.keys()],
		create(kind, seed) {
			const item = items.get(kind);
			if (!item?.step.question) throw new RangeError(kind);
			return {
				...createItem(item.step.question, seed),
				kind,
				...describe(item.step, item.from),
				trialOf: () => null,
			};
		},
	};
};

const describe = (
	{title, body}: Step,
	{workshop, readText}: AnsweredWorkshop,
): Pick<ReviewItem, 'question' | 'shown'> => ({
	question: null,
	shown: [{form: 'text', title, source: workshop.title, text: readText(body)}],
});

const createItem = (
	question: StepQuestion,
	seed: number,
): Pick<ReviewItem, 'choices' | 'hasSeveral' | 'right' | 'wrong' | 'judge'> =>
	question.asks === 'choice' ? createChoices(question, seed) : createTyped(question);

/** An answer is the place of a choice in the workshop, from 0. */
const createChoices = (question: Extract<StepQuestion, {asks: 'choice'}>, seed: number) => {
	const {answers} = question;
	const choices = answers.map(({label}, index) => ({answer: String(index), label}));
	const isRight = ({answer}: {answer: string}) => answers[Number(answer)]?.isRight ?? false;
	const labelsOf = (answer: string) => answer.split(',').map(one => answers[Number(one)]?.label ?? '');
	return {
		choices: createRandom(seed).shuffle(choices),
		hasSeveral: hasSeveralRight(answers),
		right: choices
			.filter(isRight)
			.map(({answer}) => answer)
			.join(','),
		wrong: choices.filter(one => !isRight(one)).map(({answer}) => ({answer, finding: wrongFinding})),
		judge: (answer: string) => judge(question, labelsOf(answer)),
	};
};

const createTyped = (question: Extract<StepQuestion, {asks: 'text'}>) => ({
	choices: null,
	right: String(question.is),
	wrong: [],
	judge(answer: string): Judgement {
		if (typeof question.is === 'string' || readNumber(answer) !== null) return judge(question, [answer]);
		return {verdict: 'unknown', finding: 'no-number', says: messages.session.question.noNumber(answer)};
	},
});

const wrongFinding = 'wrong';

const judge = (question: StepQuestion, given: string[]): Judgement => {
	const {isRight, explanations, missing} = judgeAnswer(question, given);
	return {
		verdict: isRight ? 'right' : 'wrong',
		finding: isRight ? rightFinding : wrongFinding,
		says: missing > 0 ? messages.view.question.missing(missing) : '',
		explanations,
	};
};
