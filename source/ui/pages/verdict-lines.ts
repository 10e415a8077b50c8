import type {Verdict} from '../../checks/model.js';
import type {Symbols} from '../symbols.js';
import {type Line, span} from '../text/line.js';
import {sentenceSpans} from '../text/sentence-spans.js';
import {wrapLine} from '../text/wrap-line.js';

/** A verdict: symbol and word, the reason, and what to try next. */
export const verdictLines = ({verdict, reason, next}: Verdict, columns: number, symbols: Symbols): Line[] => [
	...wrapLine(
		[span(`${symbols.verdict[verdict]} ${verdict}: `, verdict), ...sentenceSpans(reason, symbols.code)],
		columns,
	),
	...(next ? wrapLine([span('next: ', 'strong'), ...sentenceSpans(next, symbols.code)], columns) : []),
];
