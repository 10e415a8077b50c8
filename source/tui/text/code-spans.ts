import {type Line, span, styleParts} from '../../view/line.js';
import type {Style} from '../../view/theme.js';

/**
 * One pattern for all languages that a build context may have: comments, strings, keywords, in this order. `comment`: a
 * pattern for what begins a comment.
 */
const piecePattern = (comment: string): RegExp =>
	new RegExp(
		`(?<comment>${comment}.*$)|(?<string>"(?:\\\\.|[^"\\\\])*"|'(?:\\\\.|[^'\\\\])*'|\`[^\`]*\`)|(?<keyword>\\b(?:${keywords})\\b)`,
		'g',
	);

const keywords =
	'async|await|break|case|class|const|continue|def|default|defer|do|done|elif|else|export|fi|' +
	'for|from|func|function|go|if|import|in|interface|let|map|module|package|private|public|range|' +
	'require|return|select|static|struct|switch|then|type|var|void|while';

/** One line of a file with its syntax highlighted, according to the name of the file. `before`: the line above it. */
export const codeSpans = (row: string, {file, before}: {file: string; before: string}): Line => {
	const name = file.slice(file.lastIndexOf('/') + 1);
	if (/^(?:.+\.)?(?:Dockerfile|Containerfile)(?:\..+)?$/i.test(name)) {
		return dockerfileSpans(row, {isContinued: /\\\s*$/.test(before), keyword: 'typed'});
	}
	if (/\.(?:md|txt|log)$/i.test(name)) return [span(row)];
	const slashes = /\.(?:go|mod|[cm]?[jt]sx?|java|c|cc|cpp|h|rs|cs|swift|kt)$/i.test(name);
	const pieces = row.matchAll(piecePattern(slashes ? '//' : '(?<=^|\\s)#'));
	return styleParts(
		row,
		[...pieces].map(({0: text, index, groups}) => ({index, text, style: pieceStyle(groups ?? {})})),
	);
};

const pieceStyle = ({comment, string}: Record<string, string | undefined>): Style =>
	comment !== undefined ? 'comment' : string !== undefined ? 'string' : 'typed';

/** The instruction at the beginning, and the `AS` of a `FROM`. */
const dockerfileKeywords = /^\s*[A-Za-z]+(?=\s|$)|(?<=\s)(?:AS|as)(?=\s)/g;
const dockerfileStrings = /"(?:\\.|[^"\\])*"|'[^']*'/g;

/**
 * One line of a Dockerfile with its syntax highlighted. `isContinued`: the line continues an instruction. `keyword`:
 * the style of keywords.
 */
export const dockerfileSpans = (
	row: string,
	{isContinued, keyword}: {isContinued: boolean; keyword: Style},
): Line => {
	if (row.trim() === '') return [];
	if (/^\s*#/.test(row)) return [span(row, 'comment')];
	const parts = (pattern: RegExp, style: Style) =>
		[...row.matchAll(pattern)].map(({0: text, index}) => ({index, text, style}));
	const named = isContinued ? [] : parts(dockerfileKeywords, keyword);
	return styleParts(
		row,
		[...parts(dockerfileStrings, 'string'), ...named].sort((a, b) => a.index - b.index),
	);
};
