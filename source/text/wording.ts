import {closest, distance} from 'fastest-levenshtein';
import {messages} from '../messages/index.js';

/** Returns the word probably meant: the only one with this prefix, else the closest within a few letters, else null. */
export const findNearest = (word: string, known: string[]): string | null => {
	const wanted = word.toLowerCase();
	const begun = known.filter(name => name.startsWith(wanted));
	if (wanted === '' || known.length === 0) return null;
	if (begun.length === 1) return begun[0] ?? null;
	const best = closest(wanted, known);
	// Swapped letters count as two differences.
	return distance(wanted, best) <= Math.min(3, Math.ceil(wanted.length * 0.4)) ? best : null;
};

/** Returns a question to append to a sentence about an unknown word, with a space before it; empty without a match. */
export const didYouMean = (word: string, known: string[]): string => {
	const meant = findNearest(word, known);
	return meant === null ? '' : messages.text.didYouMean(meant);
};

/**
 * Returns the same question as a clause to append to a phrase without a full stop; empty without a match. Numbers are
 * not suggested: nobody misspells them.
 */
export const didYouMeanClause = (word: string, known: string[]): string => {
	const meant = findNearest(
		word,
		known.filter(name => !/^\d+$/.test(name)),
	);
	return meant === null ? '' : messages.text.didYouMeanClause(meant);
};

/** Returns an error's message, or plainer words for a problem with a file. */
export const describeError = (error: unknown): string =>
	error instanceof Error ? (describeFileError(error) ?? error.message) : String(error);

const describeFileError = (
	error: Error & {code?: unknown; syscall?: unknown; path?: unknown},
): string | null => {
	const {code, syscall, path} = error;
	const isOfFile = typeof syscall === 'string' && !/^(?:spawn|connect|listen|kill)/.test(syscall);
	const problems: Partial<Record<string, string>> = messages.text.fileProblems;
	const trouble = isOfFile && typeof code === 'string' ? problems[code] : undefined;
	if (trouble === undefined) return null;
	return typeof path === 'string' ? `${trouble} (${path})` : trouble;
};
