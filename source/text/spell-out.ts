/** What a terminal hides, obeys, or shows as something else: controls, marks of direction, blanks that are none. */
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** A text that must not look like another one: what is deceptive in it stands as `\u{202e}`. */
export const spellOut = (text: string): string =>
	text.replace(deceptive, mark => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
