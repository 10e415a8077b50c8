import {asStarted} from '../../text/how-started.js';
import {type Line, span} from './line.js';

/** A sentence of ours as spans: what one can type stands between backticks in it. `code`: what stands there instead. */
export const sentenceSpans = (sentence: string, code = ''): Line =>
	asStarted(sentence)
		.split('`')
		.map((text, index) => (index % 2 === 1 ? span(`${code}${text}${code}`, 'typed') : span(text)))
		.filter(({text}) => text !== '');
