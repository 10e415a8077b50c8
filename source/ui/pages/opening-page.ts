import type {SessionState} from '../../session/state.js';
import type {Symbols} from '../symbols.js';
import type {Line} from '../text/line.js';
import {questionLines} from './question-lines.js';
import {welcomeLines} from './welcome-lines.js';

/** A screen that is one undivided text. */
export type Page = {
	/** Two pages with the same key share their scroll position. */
	key: string;
	/** The text, set for so many columns. */
	linesFor: (columns: number) => Line[];
};

/**
 * The page that a session can begin with: a question, or else the welcome. Null when the state shows something else. The
 * first frame, painted without Ink, and Ink's own frames both take it from here, so that they can’t differ.
 */
export const openingPage = (state: SessionState, symbols: Symbols): Page | null => {
	const {question, overlay, screen} = state;
	if (question) return {key: question.title, linesFor: columns => questionLines(question, columns)};
	if (overlay !== null || screen !== 'welcome') return null;
	return {key: 'welcome', linesFor: columns => welcomeLines(state, columns, symbols)};
};
