import type {Verdict} from '../checks/model.js';
import {messages} from '../messages/index.js';
import {type Line, type Span, sentenceSpans, span, wrapLine} from './line.js';
import type {Symbols} from './symbols.js';
import {spacing} from './theme.js';

/**
 * A verdict: symbol and word, the reason, and what to try next. `isUntried`: the challenge is waiting for its first try.
 */
export const verdictLines = (
	{verdict, reason, next}: Verdict,
	columns: number,
	{verdict: marks, status, code}: Symbols,
	isUntried = false,
): Line[] => {
	const width = Math.min(columns, spacing.textColumns);
	const {verdicts, verdictLabel} = messages.view;
	const label = isUntried
		? span(`${status.waiting} ${verdictLabel(verdicts.untried)} `, 'strong')
		: span(`${marks[verdict]} ${verdictLabel(verdicts[verdict])} `, verdict);
	return [
		...wrapLine([label, ...sentenceSpans(reason, code)], width),
		...(next ? wrapLine([nextLabel(), ...sentenceSpans(next, code)], width) : []),
	];
};

/** The label before what to try next. */
export const nextLabel = (): Span => span(`${messages.view.next} `, 'strong');
