import type {Verdict} from '../checks/model.js';
import {type Line, span} from './line.js';
import type {Symbols} from './symbols.js';
import {wrapLine} from './wrap-line.js';

/** A verdict: symbol and word, the reason, and what to try next. */
export const verdictLines = ({verdict, reason, next}: Verdict, columns: number, symbols: Symbols): Line[] => [
	...wrapLine([span(`${symbols.verdict[verdict]} ${verdict}: `, verdict), span(reason)], columns),
	...(next ? wrapLine([span('next: ', 'strong'), ...commandSpans(next)], columns) : []),
];

/** Sentences of ours put what one can type between backticks. */
const commandSpans = (sentence: string): Line =>
	sentence
		.split('`')
		.map((text, index) => span(text, index % 2 === 1 ? 'typed' : 'plain'))
		.filter(({text}) => text !== '');
