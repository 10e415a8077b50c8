/** What a terminal without Unicode gets for the marks in our own sentences. */
const asciiMarks: Record<string, string> = {
	'…': '~',
	'·': '-',
	'–': '-',
	'—': '-',
	'×': 'x',
	'’': "'",
	'“': '"',
	'”': '"',
};

/** A text of ours for terminals that know no Unicode. */
export const inAscii = (text: string): string =>
	text.replace(/[…·–—×’“”]/g, mark => asciiMarks[mark] ?? mark);
