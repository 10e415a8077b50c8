import {messages} from '../messages/index.js';
import {selectAsking, selectDraft} from '../session/asking.js';
import {selectStep} from '../session/select.js';
import {selectText} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import {judgeAnswer} from '../workshop/questions.js';
import {hangingLines, type Line, span, wrapLine} from './line.js';
import {markdownLines} from './markdown-lines.js';
import type {Symbols} from './symbols.js';

/** The answers of the shown question, each with its number and its box; empty if none are to choose from. */
export const choiceLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {question} = selectStep(state);
	const given = selectAsking(state)?.given ?? [];
	if (question?.asks !== 'choice') return [];
	return question.answers.flatMap(({text, label}, index) => {
		const isTicked = given.includes(label);
		const lead = [
			span(`${index + 1} `, 'strong'),
			span(isTicked ? '[x] ' : '[ ] ', isTicked ? 'typed' : 'plain'),
		];
		const lines = markdownLines(selectText(state, text).children, {columns: columns - 6, symbols});
		return lines.map((line, row) => [...(row === 0 ? lead : [span(' '.repeat(6))]), ...line]);
	});
};

/** The judgement of the learner's answer and why; empty before it, and while another one is ticked. */
export const judgementLines = (state: SessionState, columns: number, symbols: Symbols): Line[] => {
	const {id, question} = selectStep(state);
	const answer = state.answers[id];
	if (!question || !answer || selectDraft(state).length > 0) return [];
	const say = messages.view.question;
	const {isRight, explanations, missing} = judgeAnswer(question, answer.given);
	const typed =
		question.asks === 'text'
			? hangingLines([span(`${say.given}  `, 'strong')], [span(answer.given.join(' '), 'typed')], columns)
			: [];
	const word = isRight
		? span(`${symbols.verdict.passed} ${say.right}`, 'passed')
		: span(`${symbols.verdict.failed} ${say.wrong}`, 'strong');
	const rest = missing > 0 ? [span(` ${say.missing(missing)}`)] : [];
	return [
		...typed,
		...wrapLine([word, ...rest], columns),
		...explanations.flatMap(text => markdownLines(selectText(state, text).children, {columns, symbols})),
	];
};
