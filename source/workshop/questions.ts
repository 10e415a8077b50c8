import type {List, ListItem, Root, RootContent} from 'mdast';
import {toString as textOf} from 'mdast-util-to-string';
import type * as v from 'valibot';
import {createRoot, parseMarkdown} from './markdown.js';
import type {Answer, StepQuestion} from './model.js';
import type {stepSchema} from './schema.js';

/** Whether a node is a task list: a list with a box before at least one item. */
export const isTaskList = (node: RootContent): node is List =>
	node.type === 'list' && node.children.some(({checked}) => typeof checked === 'boolean');

/** Reads an item of a task list: its first block is the answer, what follows explains it. */
export const readAnswer = ({checked, children}: ListItem): Answer => {
	const [text, ...explanation] = children;
	return {
		text: createRoot(text ? [text] : []),
		label: text ? textOf(text) : '',
		isRight: checked === true,
		explanation: createRoot(explanation),
	};
};

type Written = Pick<v.InferOutput<typeof stepSchema>, 'kind' | 'answer' | 'wrong' | 'otherwise'>;

/**
 * Takes the question out of a step: the first task list of its text, or else the answer in its comment. Task lists in
 * other kinds of steps are left alone.
 */
export const extractQuestion = (
	{kind, answer, wrong, otherwise}: Written,
	body: RootContent[],
): {question: StepQuestion | null; body: RootContent[]} => {
	if (kind !== 'question') return {question: null, body};
	const list = body.find(isTaskList);
	if (list) {
		const question: StepQuestion = {asks: 'choice', answers: list.children.map(readAnswer)};
		return {question, body: body.filter(node => node !== list)};
	}
	if (!answer) return {question: null, body};
	return {
		question: {
			asks: 'text',
			is: answer.is,
			tolerance: answer.tolerance,
			says: parseSentence(answer.says),
			wrong: wrong.map(({matches, says}) => ({matches, says: parseSentence(says)})),
			otherwise: parseSentence(otherwise),
		},
		body,
	};
};

const parseSentence = (sentence: string | null): Root => parseMarkdown(sentence ?? '');

/** Whether several answers are right, and all of them are to be ticked. */
export const hasSeveralRight = (answers: Answer[]): boolean =>
	answers.filter(({isRight}) => isRight).length > 1;

/** The judgement of an answer. */
export type AnswerJudgement = {
	isRight: boolean;
	/** Why, as its author explains it; empty if there is nothing to say. */
	explanations: Root[];
	/** How many right answers are not ticked, if no wrong one is. */
	missing: number;
};

/** Judges an answer. `given`: the labels of the ticked answers, or the one text that was typed. */
export const judgeAnswer = (question: StepQuestion, given: string[]): AnswerJudgement =>
	question.asks === 'choice' ? judgeChoice(question.answers, given) : judgeText(question, given[0] ?? '');

const judgeChoice = (answers: Answer[], given: string[]): AnswerJudgement => {
	const ticked = answers.filter(({label}) => given.includes(label));
	const wrong = ticked.filter(({isRight}) => !isRight);
	const unticked = answers.filter(answer => answer.isRight && !ticked.includes(answer));
	return {
		isRight: wrong.length === 0 && unticked.length === 0,
		explanations: (wrong.length > 0 ? wrong : ticked)
			.map(({explanation}) => explanation)
			.filter(({children}) => children.length > 0),
		missing: wrong.length > 0 ? 0 : unticked.length,
	};
};

const judgeText = (
	{is, tolerance, says, wrong, otherwise}: Extract<StepQuestion, {asks: 'text'}>,
	typed: string,
): AnswerJudgement => {
	const isRight =
		typeof is === 'number'
			? Math.abs((readNumber(typed) ?? Number.NaN) - is) <= tolerance
			: normalize(typed) === normalize(is);
	const expected = wrong.find(({matches}) => new RegExp(matches, 'i').test(typed.trim()));
	const explanation = isRight ? says : (expected?.says ?? otherwise);
	return {isRight, explanations: explanation.children.length > 0 ? [explanation] : [], missing: 0};
};

/** Upper and lower case and spaces make no difference to a word. */
const normalize = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** The number in a text, with a point or a comma; null if it is none. */
export const readNumber = (text: string): number | null => {
	const written = text.trim().replace(',', '.');
	return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : null;
};

/** The answer that a rehearsal gives. */
export const rightAnswer = (question: StepQuestion): string[] =>
	question.asks === 'choice'
		? question.answers.filter(({isRight}) => isRight).map(({label}) => label)
		: [String(question.is)];
