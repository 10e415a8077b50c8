import {selectStep} from '../../session/select/select.js';
import {selectHints} from '../../session/select/select-hints.js';
import {selectText} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {markdownLines} from '../text/markdown-lines.js';
import {authoringLines} from './authoring-lines.js';

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
