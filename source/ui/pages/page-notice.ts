import {selectSentence} from '../../session/select/select-wording.js';
import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import {cutLines} from '../text/cut-lines.js';
import {hangLine} from '../text/hang-line.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {spacing} from '../theme.js';

/** Most rows that a notice takes from a page. */
const mostRows = 6;

/**
 * What the learner is told on the first and the last page, below the text: it stays in sight however far that is
 * scrolled. Empty where there is nothing to tell, and on a step, which tells it beside its command.
 */
export const pageNotice = (state: SessionState, columns: number, {verdict}: Symbols): Line[] => {
	const {notice, isGoodNews, question, overlay, screen} = state;
	if (notice === null || question || overlay || screen === 'step') return [];
	const mark = isGoodNews ? span(`${verdict.passed} `, 'passed') : span('! ', 'strong');
	const width = Math.min(columns, spacing.textColumns);
	return [[], ...cutLines(hangLine([mark], sentenceSpans(selectSentence(state, notice)), width), mostRows)];
};
