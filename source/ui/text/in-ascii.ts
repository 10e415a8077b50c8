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
	'─': '-',
	'│': '|',
	'→': '>',
};

/** All of the above, and whatever else lines are drawn with. */
const marks = new RegExp(`[${Object.keys(asciiMarks).join('')}\\u2500-\\u257F]`, 'g');

/** A text of ours for terminals that know no Unicode. */
export const inAscii = (text: string): string => text.replace(marks, mark => asciiMarks[mark] ?? '+');
