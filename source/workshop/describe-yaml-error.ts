import {type Document, visit, type YAMLError} from 'yaml';

/** What an author can do about YAML that can't be read, and the offset in its text at which that is to be done. */
type Advice = {message: string; offset: number};

const unfinished = 'this key needs a colon, and a space after it, as `id: first-step`';
const misplaced = 'this line is indented unlike the lines that it belongs to';
const ended = "the text in quotes ended before this: put all of it in `'…'`, and each `'` in it twice";
const unquoted = 'a text that begins with a bracket or `*` has to stand in quotes';

/**
 * The parser's own messages speak of its grammar; these speak of what to write. What they tell apart by code and wording
 * are the slips that authors make; of all others the parser's message is told.
 */
export const describeYamlError = (
	{code, message, pos}: YAMLError,
	text: string,
	document: Document.Parsed,
): Advice => {
	const [offset] = pos;
	const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
	const rest = text.slice(offset).split('\n', 1)[0] ?? '';
	const at = (told: string, place = offset): Advice => ({message: told, offset: place});
	const theirs = message.trimEnd().replace(/\.$/, '');
	switch (code) {
		case 'BLOCK_AS_IMPLICIT_KEY':
			return at(
				/:\s/.test(rest)
					? 'a text with `: ` in it has to stand in quotes'
					: 'the line below is indented too far',
			);
		case 'MULTILINE_IMPLICIT_KEY':
			return at(unfinished);
		case 'MISSING_CHAR': {
			const [, quote] = /^Missing closing (["'])/.exec(message) ?? [];
			if (quote) return at(`this text has no closing \`${quote}\``, lastQuoted(document) ?? offset);
			return at(message.startsWith('Sequence') ? misplaced : unfinished);
		}
		case 'BAD_INDENT': {
			const [, bracket] = /end with a ([\]}])$/.exec(message) ?? [];
			return at(
				bracket
					? `the closing \`${bracket}\` is missing ${before.trim() === '' ? 'before this line' : 'here'}`
					: misplaced,
			);
		}
		case 'BAD_SCALAR_START':
			return at(`a text that begins with ${rest.charAt(0)} has to stand in quotes`);
		case 'TAG_RESOLVE_FAILED':
			return at('a text that begins with ! has to stand in quotes');
		case 'BAD_DQ_ESCAPE':
			return at('in a text in `"…"` a backslash is written twice; in one in `\'…\'` once');
		case 'TAB_AS_INDENT':
			return at('lines are indented with spaces, not with tabs');
		case 'DUPLICATE_KEY':
			return at('this key stands here a second time');
		case 'MULTIPLE_DOCS':
			return at('a line of `---` ends the YAML, and cannot stand in it');
		case 'UNEXPECTED_TOKEN':
			if (message.startsWith('Not a YAML token'))
				return at('after `|` or `>` the text begins on the next line');
			if (!message.startsWith('Unexpected scalar')) return at(theirs);
			if (before.trim() === '') return at(misplaced);
			return at(/["']\s*$/.test(before) ? ended : unquoted);
		default:
			return at(theirs);
	}
};

/** Where the last text in quotes begins: one that is never closed goes on to the end. */
const lastQuoted = (document: Document.Parsed): number | undefined => {
	let last: number | undefined;
	visit(document, {
		Scalar(_key, {type, range}) {
			if (type?.startsWith('QUOTE')) last = range?.[0];
		},
	});
	return last;
};
