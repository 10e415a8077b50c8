import {messages} from '../messages/index.js';
import {listedTitle, selectHasPassed, selectIsWrong, selectRevealed, selectStep} from '../session/select.js';
import {selectText} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import type {Step} from '../workshop/model.js';
import {hangingLines, type Line, type Span, sentenceSpans, span, wrapLine} from './line.js';
import {markdownLines} from './markdown-lines.js';
import {choiceLines} from './question-lines.js';
import type {Symbols} from './symbols.js';
import {spacing} from './theme.js';

/** What the learner reads on a step: its text, the answers of a question, then the hints that were revealed, then the solution. */
export type StepText = {
	lines: Line[];
	/** The line at which the newest hint begins; 0 if there is none. */
	newest: number;
};

/** Lays out the text of the shown step in `columns`. */
export const stepLines = (state: SessionState, columns: number, symbols: Symbols): StepText => {
	const step = selectStep(state);
	const lines = [
		...authoringLines(state, columns),
		...markdownLines(selectText(state, step.body).children, {columns, symbols}),
	];
	const choices = choiceLines(state, Math.min(columns, spacing.textColumns), symbols);
	if (lines.length > 0 && choices.length > 0) lines.push([]);
	lines.push(...choices);
	let newest = 0;
	for (const {title, content} of selectRevealed(state, step)) {
		if (lines.length > 0) lines.push([]);
		newest = lines.length;
		lines.push(
			[span(title, 'heading')],
			...markdownLines(selectText(state, content).children, {columns, symbols}),
		);
	}
	return {lines, newest};
};

/** The problems that lint finds in the files of a workshop that is opened with `--watch`. */
export const authoringLines = ({authoring}: SessionState, columns: number): Line[] => {
	const problems = authoring?.problems ?? [];
	if (!authoring || problems.length === 0) return [];
	const say = messages.view.authoring;
	const kept = authoring.isStale ? ` ${say.stale}` : '';
	return [
		...wrapLine([span(say.problems(problems.length), 'failed'), span(kept)], columns),
		...problems.flatMap(problem => hangingLines([span('  ')], sentenceSpans(problem), columns)),
		[],
	];
};

/** The mark before a step or a chapter: passed, or still open. */
export const passedMark = (isPassed: boolean, {verdict, status}: Symbols): Span =>
	isPassed ? span(`${verdict.passed} `, 'passed') : span(`${status.waiting} `, 'muted');

/** A step in a list: whether it has passed, and its title. `note`: added to the title. */
export const listedStepSpans = (
	state: SessionState,
	step: Step,
	symbols: Symbols,
	{isChosen, note = ''}: {isChosen: boolean; note?: string},
): Line => [
	span(isChosen ? `${symbols.here} ` : '  '),
	selectIsWrong(state, step)
		? span(`${symbols.bullet} `, 'muted')
		: passedMark(selectHasPassed(state, step.id), symbols),
	span(`${listedTitle(step)}${note}`, isChosen ? 'strong' : 'plain'),
];

/** The mark before a notice. */
export const noticeMark = ({isGoodNews}: SessionState, {verdict}: Symbols): Span =>
	isGoodNews ? span(`${verdict.passed} `, 'passed') : span('! ', 'strong');
