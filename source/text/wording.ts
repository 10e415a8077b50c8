import {closest, distance} from 'fastest-levenshtein';

/** A number with what it counts: `1 line`, `1,200 lines`. */
export const formatCount = (count: number, one: string): string =>
	`${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`. */
export const formatList = (names: string[]): string =>
	names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

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
	return meant === null ? '' : ` Did you mean \`${meant}\`?`;
};

/** What files do to learners most, in their words; the system's own are for programmers. */
const fileProblems: Record<string, string> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'you may use no more of the disk',
	EROFS: 'the disk can only be read',
	EACCES: 'you have no right to it',
	EPERM: 'you have no right to it',
	EISDIR: 'a folder is in the place of a file',
	ENOTDIR: 'a file is in the place of a folder',
	EEXIST: 'something else is in its place',
	EIO: 'the disk does not answer',
};

/** What went wrong, in the words of whatever was thrown; trouble with a file in a learner's. */
export const describeError = (error: unknown): string =>
	error instanceof Error ? (describeFileError(error) ?? error.message) : String(error);

const describeFileError = (
	error: Error & {code?: unknown; syscall?: unknown; path?: unknown},
): string | null => {
	const {code, syscall, path} = error;
	const isOfFile = typeof syscall === 'string' && !/^(?:spawn|connect|listen|kill)/.test(syscall);
	const trouble = isOfFile && typeof code === 'string' ? fileProblems[code] : undefined;
	if (trouble === undefined) return null;
	return typeof path === 'string' ? `${trouble} (${path})` : trouble;
};
