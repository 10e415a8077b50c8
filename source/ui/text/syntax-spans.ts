import type {Style} from '../theme.js';
import {type Line, span} from './line.js';

/** A keyword at the beginning, and what `FROM` and `COPY` have inside. */
const keywords = /^\s*[A-Za-z]+(?=\s|$)|(?<=\s)(?:AS|as)(?=\s)/g;
const strings = /"(?:\\.|[^"\\])*"|'[^']*'/g;

/** One line of a Dockerfile with a little syntax. `isContinued`: it goes on with an instruction; `keyword`: their style. */
export const syntaxSpans = (
	row: string,
	{isContinued, keyword}: {isContinued: boolean; keyword: Style},
): Line => {
	if (row.trim() === '') return [];
	if (/^\s*#/.test(row)) return [span(row, 'comment')];
	const quoted = [...row.matchAll(strings)].map(match => ({match, style: 'string' as Style}));
	const named = isContinued ? [] : [...row.matchAll(keywords)].map(match => ({match, style: keyword}));
	const line: Line = [];
	let from = 0;
	for (const {match, style} of [...quoted, ...named].sort((a, b) => a.match.index - b.match.index)) {
		if (match.index < from) continue;
		if (match.index > from) line.push(span(row.slice(from, match.index)));
		line.push(span(match[0], style));
		from = match.index + match[0].length;
	}
	return from < row.length ? [...line, span(row.slice(from))] : line;
};
