import type {Problem} from './problems.js';

/** What nobody writes by hand, and what would keep the parsers of Markdown and YAML busy for minutes. */
const most = {
	/** Quotes, lists and keys that are opened on one line. */
	nested: 20,
	/** Columns. */
	indent: 100,
	/** Between two blank lines. */
	brackets: 500,
	/** The same for all characters that may begin something. */
	signs: 3000,
};

/** Text that a parser may be given before it is looked at: the first line that has too much of something; else null. */
export const findExcess = (text: string): Omit<Problem, 'file'> | null => {
	let brackets = 0;
	let signs = 0;
	for (const [index, line] of text.split('\n').entries()) {
		const [lead = ''] = /^(?:[\t >]|[*+\-?](?=[\t ])|\d{1,9}[.)](?=[\t ]))*/.exec(line) ?? [];
		const nested = lead.match(/[>*+?-]|\d+/g)?.length ?? 0;
		const indent = /^[\t ]*/.exec(line)?.[0].length ?? 0;
		const isBlank = line.trim() === '';
		brackets = isBlank ? 0 : brackets + (line.match(/[[{]/g)?.length ?? 0);
		signs = isBlank ? 0 : signs + (line.match(/[`*_[\]!<&~|{}]/g)?.length ?? 0);
		const message = describe({nested, indent: isBlank ? 0 : indent, brackets, signs});
		if (message !== null) return {line: index + 1, column: 1, message};
	}
	return null;
};

const describe = (found: typeof most): string | null => {
	if (found.nested > most.nested)
		return `opens ${found.nested} quotes or lists inside each other: at most ${most.nested} are read`;
	if (found.indent > most.indent)
		return `is indented by ${found.indent} columns: at most ${most.indent} are read`;
	if (found.brackets > most.brackets)
		return `there are more than ${most.brackets} opening brackets without a blank line between them`;
	if (found.signs > most.signs)
		return `there are more than ${most.signs} characters such as \`*\` and \`|\` without a blank line between them`;
	return null;
};
