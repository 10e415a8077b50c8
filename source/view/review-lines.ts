import {messages} from '../messages/index.js';
import type {Judgement, ReviewItem} from '../review/item.js';
import {type AnsweredItem, type RoundState, shownItem} from '../review/round.js';
import {hangingLines, type Line, sentenceSpans, span, wrapLine} from './line.js';
import {markdownLines} from './markdown-lines.js';
import type {Symbols} from './symbols.js';
import {promptSign} from './wording.js';

type Page = {columns: number; symbols: Symbols};

/** The shown item: what it is about, the question, and the answers to choose from. Empty after the last one. */
export const itemLines = (state: RoundState, page: Page): Line[] => {
	const item = shownItem(state);
	if (!item) return [];
	const choices = item.choices?.flatMap(({label}, index) =>
		hangingLines([span(`  ${index + 1}  `, 'strong')], sentenceSpans(label), page.columns),
	);
	return [
		[span(messages.review.place(state.at + 1, state.items.length), 'heading')],
		...item.shown.flatMap(one => [[], ...shownLines(one, page)]),
		...(item.question === null ? [] : [[], ...sentence(item.question, page)]),
		...(choices ? [[], ...choices] : []),
	];
};

const shownLines = (shown: ReviewItem['shown'][number], page: Page): Line[] => {
	const {columns} = page;
	if (shown.form === 'text')
		return [
			...hangingLines([], [span(shown.title, 'strong'), span(`  ${shown.source}`, 'muted')], columns),
			[],
			...markdownLines(shown.text.children, page),
		];
	if (shown.form === 'command')
		return hangingLines([span(promptSign('sh'))], [span(shown.text, 'typed')], columns);
	const rows = shown.text.trimEnd().split('\n');
	const digits = String(rows.length).length;
	return [
		[span(shown.name, 'strong')],
		...rows.flatMap((row, index) =>
			hangingLines([span(`${String(index + 1).padStart(digits + 2)}  `, 'muted')], [span(row)], columns),
		),
	];
};

/** What has come of the shown item; empty until it is answered. */
export const judgedLines = (state: RoundState, page: Page): Line[] => {
	const item = shownItem(state);
	const answered = state.answered[state.at];
	if (!item || !answered) return [];
	const {judgement, why} = answered;
	const {verdict, text} = describe(answered);
	const mark = page.symbols.verdict[verdict];
	const words = [span(mark === '' ? '' : `${mark} `, verdict), span(text, 'strong'), span(' ')];
	const says = judgement ? sentenceSpans(judgement.says) : [];
	return [
		...wrapLine([...words, ...says], page.columns),
		...explanationLines(judgement, page),
		...(judgement?.verdict === 'right'
			? []
			: [
					[],
					...wrapLine(
						[span(`${messages.review.rightAnswer} `), span(rightLabel(item), 'typed')],
						page.columns,
					),
					...(why.says === '' ? [] : sentence(why.says, page)),
					...explanationLines(why, page),
				]),
	];
};

const explanationLines = (judgement: Pick<Judgement, 'explanations'> | null, page: Page): Line[] =>
	judgement?.explanations?.flatMap(({children}) => markdownLines(children, page)) ?? [];

/** The right answer as the learner reads it. */
const rightLabel = ({right, choices, hasSeveral = false}: ReviewItem): string => {
	const chosen = hasSeveral ? right.split(',') : [right];
	const labels = choices?.filter(({answer}) => chosen.includes(answer)).map(({label}) => label);
	return labels?.join('; ') ?? right;
};

const describe = ({judgement}: AnsweredItem): {verdict: 'passed' | 'failed' | 'unknown'; text: string} => {
	const say = messages.review.verdicts;
	if (!judgement) return {verdict: 'unknown', text: say.unanswered};
	const verdict = {right: 'passed', wrong: 'failed', unknown: 'unknown'} as const;
	return {verdict: verdict[judgement.verdict], text: say[judgement.verdict]};
};

/** How to answer the shown item. */
export const howToAnswer = (state: RoundState): string => {
	const {choices, hasSeveral} = shownItem(state) ?? {choices: null};
	const say = messages.review;
	if (!choices) return say.howToType;
	return (hasSeveral ? say.howToChooseSeveral : say.howToChoose)(choices.length);
};

/** What has come of a review. `days`: until the next one is due. */
export const roundSummary = ({answered}: RoundState, days: number): string[] => {
	const judged = answered.filter(({judgement}) => judgement && judgement.verdict !== 'unknown');
	const right = judged.filter(({judgement}) => judgement?.verdict === 'right');
	return [messages.review.summary(right.length, judged.length), messages.review.next(days)];
};

const sentence = (text: string, {columns}: Page): Line[] => wrapLine(sentenceSpans(text), columns);
