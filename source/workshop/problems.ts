import {messages} from '../messages/index.js';
import {escapeHiddenInName} from '../text/terminal-text.js';

/** A place in a file; both from 1. */
export type Position = {line: number; column: number};

/** Something wrong in a workshop's files. */
export type Problem = Position & {file: string; message: string};

/** Collects problems of one file; the place defaults to its beginning. */
export type Report = (message: string, place?: Position) => void;

/** Adds the problems of one file to a list. */
export const createReport =
	(problems: Problem[], file: string): Report =>
	(message, place = {line: 1, column: 1}) =>
		void problems.push({file, ...place, message});

/** `file:line:column message`, as editors understand it. */
export const formatProblem = ({file, line, column, message}: Problem): string =>
	`${escapeHiddenInName(file)}:${line}:${column} ${escapeHiddenInName(message)}`;

/** What nobody writes by hand, and what would keep the parsers of Markdown and YAML busy for minutes. */
const limits = {
	/** Quotes, lists and keys that are opened on one line. */
	nested: 20,
	/** Columns. */
	indent: 100,
	/** Between two blank lines. */
	brackets: 500,
	/** The same for all characters that may begin something. */
	signs: 3000,
};

/** Reports the first line that has too much of something for a parser. Returns whether there is one. */
export const reportExcess = (text: string, report: Report): boolean => {
	let brackets = 0;
	let signs = 0;
	for (const [index, line] of text.split('\n').entries()) {
		const [lead = ''] = /^(?:[\t >]|[*+\-?](?=[\t ])|\d{1,9}[.)](?=[\t ]))*/.exec(line) ?? [];
		const nested = lead.match(/[>*+?-]|\d+/g)?.length ?? 0;
		const indent = /^[\t ]*/.exec(line)?.[0].length ?? 0;
		const isBlank = line.trim() === '';
		brackets = isBlank ? 0 : brackets + (line.match(/[[{]/g)?.length ?? 0);
		signs = isBlank ? 0 : signs + (line.match(/[`*_[\]!<&~|{}]/g)?.length ?? 0);
		const message = describeExcess({nested, indent: isBlank ? 0 : indent, brackets, signs});
		if (message === null) continue;
		report(message, {line: index + 1, column: 1});
		return true;
	}
	return false;
};

const describeExcess = (found: typeof limits): string | null => {
	const {nested, indent, brackets, signs} = messages.workshop.excess;
	if (found.nested > limits.nested) return nested(found.nested, limits.nested);
	if (found.indent > limits.indent) return indent(found.indent, limits.indent);
	if (found.brackets > limits.brackets) return brackets(limits.brackets);
	return found.signs > limits.signs ? signs(limits.signs) : null;
};
