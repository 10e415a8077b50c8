import {selectStep} from '../../session/select/select.js';
import {selectText} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {markdownLines} from '../text/markdown-lines.js';

/** What the learner reads on a step: its text, then the hints that were revealed, then the solution. */
export type StepText = {
	lines: Line[];
	/** Where the newest hint begins; 0 when there is none. */
	newest: number;
};

/** Sets the text of the shown step in lines of at most so many columns. */
export const stepLines = (state: SessionState, columns: number, symbols: Symbols): StepText => {
	const {body, hints, solution} = selectStep(state);
	const revealed = state.hints[state.stepId] ?? 0;
	const parts = [
		...hints.slice(0, revealed).map((content, index) => ({
			title: hints.length > 1 ? `Hint ${index + 1} of ${hints.length}` : 'Hint',
			content,
		})),
		...(solution && revealed > hints.length ? [{title: 'Solution', content: solution}] : []),
	];
	const lines = markdownLines(selectText(state, body).children, {columns, symbols});
	let newest = 0;
	for (const {title, content} of parts) {
		if (lines.length > 0) lines.push([]);
		newest = lines.length;
		lines.push(
			[span(title, 'heading')],
			...markdownLines(selectText(state, content).children, {columns, symbols}),
		);
	}
	return {lines, newest};
};
