import {closest, distance} from 'fastest-levenshtein';
import {messages} from '../messages/index.js';

/** The word that was probably meant: the only one that begins like it, or one that differs in few letters; else null. */
export const findNearest = (word: string, known: string[]): string | null => {
	const wanted = word.toLowerCase();
	const begun = known.filter(name => name.startsWith(wanted));
	if (wanted === '' || known.length === 0) return null;
	if (begun.length === 1) return begun[0] ?? null;
	const best = closest(wanted, known);
	// Two letters changed places count twice.
	return distance(wanted, best) <= Math.min(3, Math.ceil(wanted.length * 0.4)) ? best : null;
};

/** What to append to a sentence on a word that is not known: a question with a space before it, or nothing. */
export const didYouMean = (word: string, known: string[]): string => {
	const meant = findNearest(word, known);
	return meant === null ? '' : messages.text.didYouMean(meant);
};

/** What went wrong, in the words of whatever was thrown; trouble with a file in a learner's. */
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
