import {stripColours} from '../../text/clean-line.js';
import {type Line, span} from './line.js';

/** A line of output with what was searched for standing out; such a line loses its own colours. */
export const highlightMatches = (text: string, wanted: string): Line => {
	if (wanted === '') return [span(text)];
	// Capitals matter only in a text that has some, as in the search.
	const pattern = new RegExp(escapePattern(wanted), wanted === wanted.toLowerCase() ? 'giu' : 'gu');
	const bare = stripColours(text);
	const line: Line = [];
	let from = 0;
	for (const {0: match, index} of bare.matchAll(pattern)) {
		if (index > from) line.push(span(bare.slice(from, index)));
		line.push(span(match, 'match'));
		from = index + match.length;
	}
	if (from === 0) return [span(text)];
	return from < bare.length ? [...line, span(bare.slice(from))] : line;
};

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
