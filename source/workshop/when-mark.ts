/** A comment that opens, turns round or closes a text for some engines only. */
export type WhenMark = {mark: 'when'; condition: string} | {mark: 'otherwise'} | {mark: 'end'};

/** Reads such a comment; null when it is another one. */
export const parseWhenMark = (html: string): WhenMark | null => {
	const [, word, condition = ''] = /^<!-- (when (.+)|otherwise|end) -->$/.exec(html.trim()) ?? [];
	if (word === undefined) return null;
	if (word === 'otherwise' || word === 'end') return {mark: word};
	return {mark: 'when', condition: condition.trim()};
};
