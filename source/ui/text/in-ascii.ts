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

const marks = new RegExp(`[${Object.keys(asciiMarks).join('')}]`, 'g');

/** A text of ours for terminals that know no Unicode. */
export const inAscii = (text: string): string => text.replace(marks, mark => asciiMarks[mark] ?? mark);
