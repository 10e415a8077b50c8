import path from 'node:path';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';

/** One line of a `.dockerignore`. */
type Pattern = {
	/** Whether it begins with `!`, and so takes back what an earlier pattern ignores. */
	isException: boolean;
	/** The pattern itself, cleaned: without `!`, `./`, and slashes at both ends. */
	words: string;
	matches(file: string): boolean;
};

/**
 * What has come of a path: whether it is ignored, and which patterns it matches. BuildKit passes the latter on to what
 * is below it.
 */
export type IgnoreMatch = {isIgnored: boolean; matched: readonly boolean[]};

/** The rules of a `.dockerignore`. */
export type IgnoreRules = {
	/** Matches a path in the build context, with `/`; `above`: the match of its folder, null in the context itself. */
	match(file: string, above: IgnoreMatch | null): IgnoreMatch;
	/** Whether an exception may take back something below an ignored folder. */
	mayHoldException(folder: string): boolean;
};

/**
 * Reads a `.dockerignore` as BuildKit does (moby/patternmatcher, which walks from each folder to what is below it). Own
 * code: of the 50 cases in the tests, `@balena/dockerignore` 1.0.2 gets 10 wrong, such as `a+b`, `(x)`, `**.txt` and an
 * exception for a folder, and it can't say which ignored folders need not be read. Throws a `UserError` for a pattern
 * that BuildKit rejects.
 */
export const readIgnoreRules = (text: string): IgnoreRules => {
	const patterns = splitPatterns(text).map(createPattern);
	const exceptions = patterns.filter(({isException}) => isException).map(({words}) => words.split('/'));
	return {
		match(file, above) {
			let isIgnored = false;
			const matched = patterns.map(({isException, matches}, index) => {
				// A pattern that could change nothing here is not passed on either.
				const isMatch = above?.matched[index] || (isException === isIgnored && matches(file));
				if (isMatch) isIgnored = !isException;
				return isMatch;
			});
			return {isIgnored, matched};
		},
		mayHoldException: folder => exceptions.some(words => mayBeBelow(folder.split('/'), words)),
	};
};

/** The lines that are patterns, without blanks around them. Only a `#` in the first column begins a comment. */
const splitPatterns = (text: string): string[] =>
	text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.filter(line => !line.startsWith('#'))
		.map(line => line.trim())
		.filter(line => line !== '');

const createPattern = (line: string): Pattern => {
	const isException = line.startsWith('!');
	const written = (isException ? line.slice(1) : line).trim();
	const cleaned = written === '' ? '' : cleanPattern(written);
	const expression = cleaned === '' ? null : compile(cleaned);
	if (expression === null)
		throw new UserError(messages.explain.badPattern(line), {
			next: messages.explain.badPatternNext,
			exitCode: 2,
		});
	return {isException, words: cleaned, matches: expression};
};

/** As Go's `filepath.Clean`; a leading slash means the context. */
const cleanPattern = (written: string): string => {
	const slashes = path.sep === '\\' ? written.replaceAll('\\', '/') : written;
	const cleaned = path.posix.normalize(slashes);
	const inner = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned;
	return inner.length > 1 ? inner.replace(/\/$/, '') : inner;
};

/** Null if the pattern is malformed. */
const compile = (pattern: string): ((file: string) => boolean) | null => {
	if (!isWellFormed(pattern)) return null;
	if (/^[^*?[\]\\]*$/.test(pattern)) return file => file === pattern;
	const [, start] = /^([^*?[\]\\]*)\*\*\/?$/.exec(pattern) ?? [];
	// BuildKit compares the text before a final `**`, slash and all.
	if (start) return file => file.startsWith(pattern.slice(0, -2));
	const [, rest] = /^\*\*([^*?[\]\\]*)$/.exec(pattern) ?? [];
	// After a leading `**`, plain text is the end of a path, even within a name.
	if (rest !== undefined)
		return file => file.endsWith(rest) || (rest.startsWith('/') && file === rest.slice(1));
	const expression = tryExpression(pattern);
	return expression && (file => expression.test(file));
};

/** Null for a range that ends before it begins. */
const tryExpression = (pattern: string): RegExp | null => {
	try {
		return new RegExp(`^${toExpression(pattern)}$`, 'su');
	} catch {
		return null;
	}
};

/** Whether Go's `filepath.Match` accepts a pattern: brackets are closed and not empty, and a backslash has a successor. */
const isWellFormed = (pattern: string): boolean =>
	/^(?:\\[\s\S]|\[\^?(?:(?:\\[\s\S]|[^\\\]-])(?:-(?:\\[\s\S]|[^\\\]-]))?)+\]|[^\\[])*$/u.test(pattern);

/** Returns the source of the regular expression for a well-formed pattern. */
const toExpression = (pattern: string): string =>
	pattern.replace(/\*\*\/?|\\[\s\S]|\[(\^?)((?:\\[\s\S]|[^\\\]])*)\]|[\s\S]/gu, (part, not, set, at) => {
		if (part.startsWith('**')) return at + part.length === pattern.length ? '.*' : '(?:.*/)?';
		if (part === '*') return '[^/]*';
		if (part === '?') return '[^/]';
		if (set !== undefined) return `[${not}${set.replace(/\\([\s\S])|\[/gu, escapeInSet)}]`;
		return escapeLetter(part.startsWith('\\') ? part.slice(1) : part);
	});

const escapeInSet = (_: string, letter = '['): string => (/[[\]\\^-]/.test(letter) ? `\\${letter}` : letter);

const escapeLetter = (letter: string): string => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** Whether what these words of a pattern match may be below a folder. */
const mayBeBelow = (folder: string[], words: string[]): boolean => {
	const [first, ...others] = words;
	const [name, ...below] = folder;
	if (name === undefined) return true;
	if (first === undefined) return false;
	// `**` stands for any number of folders, and next to letters for a part of a path.
	if (first.includes('**')) return true;
	return (compile(first)?.(name) ?? false) && mayBeBelow(below, others);
};

/** Whether a path in the build context matches the source of a `COPY`, with wildcards as in Go's `path.Match`. */
export const createSourcePattern = (source: string): ((file: string) => boolean) => {
	const expression = isWellFormed(source) ? tryExpression(source.replace(/\*{2,}/g, '*')) : null;
	return file => expression?.test(file) ?? false;
};
