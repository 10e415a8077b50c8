import {type Line, span} from './line.js';

/** A sentence of ours as spans: what one can type stands between backticks in it. */
export const sentenceSpans = (sentence: string): Line =>
	sentence
		.split('`')
		.map((text, index) => span(text, index % 2 === 1 ? 'typed' : 'plain'))
		.filter(({text}) => text !== '');
