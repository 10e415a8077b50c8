import {selectHints, selectStep} from '../session/select.js';
import {selectText} from '../session/select-wording.js';
import type {SessionState} from '../session/state.js';
import {hangingLines, type Line, sentenceSpans, span, wrapLine} from './line.js';
import {markdownLines} from './markdown-lines.js';
import type {Symbols} from './symbols.js';

/** What the learner reads on a step: its text, then the hints that were revealed, then the solution. */
export type StepText = {
	lines: Line[];
	/** Where the newest hint begins; 0 when there is none. */
	newest: number;
};

/** Sets the text of the shown step in lines of at most so many columns. */
export const stepLines = (state: SessionState, columns: number, symbols: Symbols): StepText => {
	const step = selectStep(state);
	const lines = [
		...authoringLines(state, columns),
		...markdownLines(selectText(state, step.body).children, {columns, symbols}),
	];
	let newest = 0;
	for (const {title, content} of selectHints(state, step)) {
		if (lines.length > 0) lines.push([]);
		newest = lines.length;
		lines.push(
			[span(title, 'heading')],
			...markdownLines(selectText(state, content).children, {columns, symbols}),
		);
	}
	return {lines, newest};
};

/** What lint says of the files that their author watches; nothing when all is well or nobody watches. */
export const authoringLines = ({authoring}: SessionState, columns: number): Line[] => {
	const problems = authoring?.problems ?? [];
	if (!authoring || problems.length === 0) return [];
	const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`;
	const kept = authoring.isStale ? ' This is the page as it was before.' : '';
	return [
		...wrapLine([span(`${count} in the files.`, 'failed'), span(kept)], columns),
		...problems.flatMap(problem => hangingLines([span('  ')], sentenceSpans(problem), columns)),
		[],
	];
};
