import {messages} from '../messages/index.js';
import {escapeHiddenInName} from '../text/terminal-text.js';

/** A position in a file. Both numbers start at 1. */
export type Position = {line: number; column: number};

/** A problem in a workshop's files. */
export type Problem = Position & {file: string; message: string};

/** Reports a problem in one file; `place` defaults to its beginning. */
export type Report = (message: string, place?: Position) => void;

/** Returns a function that adds a file's problems to a list. */
export const createReport =
	(problems: Problem[], file: string): Report =>
	(message, place = {line: 1, column: 1}) =>
		void problems.push({file, ...place, message});

/** `file:line:column message`, as editors understand it. */
export const formatProblem = ({file, line, column, message}: Problem): string =>
	`${escapeHiddenInName(file)}:${line}:${column} ${escapeHiddenInName(message)}`;

/** `file:line:column warning: message`: what may be meant so, but weakens a workshop. */
export const formatWarning = ({message, ...place}: Problem): string =>
	formatProblem({...place, message: messages.workshop.warning(message)});

/** Limits that nobody reaches by hand, and beyond which Markdown and YAML parsers could be busy for minutes. */
const limits = {
	/** Quotes, lists and keys that one line opens. */
	nested: 20,
	/** Columns. */
	indent: 100,
	/** Between two blank lines. */
	brackets: 500,
	/** All characters that may begin some markup, between two blank lines. */
	signs: 3000,
};

/** Reports the first line that exceeds a limit. Returns whether there is one. */
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
