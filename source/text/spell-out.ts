/** What a terminal hides, obeys, or shows as something else: controls, marks of direction, blanks that are none. */
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** What runs must not look like something else: whatever is deceptive in it is written as `\u{202e}`. */
export const spellOut = (text: string): string => text.replace(deceptive, mark => escapeOf(mark));

/** What a terminal obeys or hides, and what turns the direction of text; line ends and tabs are left. */
const hidden = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** Without the marks that stand between scripts of both directions, which turn nothing around. */
const misleading = /(?![\t\u061C\u200E\u200F])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

/** Text in which no character is hidden, moves another, or is obeyed by a terminal: such ones are written as `\u{202e}`. */
export const spellOutText = (text: string): string => text.replace(hidden, mark => escapeOf(mark));

/** The same for a name, which has one line. */
export const spellOutName = (name: string): string =>
	spellOutText(name).replace(/[\n\t]/g, mark => escapeOf(mark));

/** The first place where text has such a character, as it is called: `U+202E`; null where it has none. Both from 1. */
export const findHidden = (text: string): {name: string; line: number; column: number} | null => {
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		const found = misleading.exec(line);
		if (found) {
			const name = `U+${codeOf(found[0]).toUpperCase().padStart(4, '0')}`;
			return {name, line: index + 1, column: found.index + 1};
		}
	}
	return null;
};

const escapeOf = (mark: string): string => `\\u{${codeOf(mark)}}`;

const codeOf = (mark: string): string => mark.codePointAt(0)?.toString(16) ?? '';
