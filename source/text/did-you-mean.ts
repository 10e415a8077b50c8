import {closest, distance} from 'fastest-levenshtein';

/** The word that was probably meant: the only one that begins like it, or one that differs in few letters; else null. */
export const nearest = (word: string, known: string[]): string | null => {
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
	const meant = nearest(word, known);
	return meant === null ? '' : ` Did you mean \`${meant}\`?`;
};
