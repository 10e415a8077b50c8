import type {Verdict} from '../../checks/model.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';
import {spacing} from '../theme.js';

/**
 * A verdict: symbol and word, the reason, and what to try next. No wider than prose should be. `isUntried`: it is about
 * a challenge that waits for its first try.
 */
export const verdictLines = (
	{verdict, reason, next}: Verdict,
	columns: number,
	{verdict: marks, status, code}: Symbols,
	isUntried = false,
): Line[] => {
	const width = Math.min(columns, spacing.textColumns);
	const label = isUntried
		? span(`${status.waiting} waiting: `, 'strong')
		: span(`${marks[verdict]} ${verdict}: `, verdict);
	return [
		...wrapLine([label, ...sentenceSpans(reason, code)], width),
		...(next ? wrapLine([span('next: ', 'strong'), ...sentenceSpans(next, code)], width) : []),
	];
};
