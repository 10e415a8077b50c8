import type {Cell} from './emulate-terminal.js';

/** The size of a character cell, in pixels. */
const cellWidth = 8.4;
const cellHeight = 18;
const margin = 14;

/** Readable on a dark background. In a terminal, the palette is the reader's own. */
const ground = '#1b1f27';
const plain = '#d7dae0';
const palette = [
	'#5c6370',
	'#e06c75',
	'#98c379',
	'#e5c07b',
	'#61afef',
	'#c678dd',
	'#56b6c2',
	'#d7dae0',
	'#7f8694',
	'#ef8a92',
	'#b2d89a',
	'#f0d49b',
	'#86c5f7',
	'#d79be6',
	'#7fd0da',
	'#ffffff',
];

const colourOf = (name: string, otherwise: string): string => {
	if (name.startsWith('#')) return name;
	return palette[Number(name.replace('palette ', ''))] ?? otherwise;
};

const escapeXml = (text: string): string =>
	text.replace(/[&<>"]/g, character => `&#${character.codePointAt(0)};`);

type Run = {column: number; text: string; style: string};

/** Merges neighbouring cells of the same style. */
const runsOf = (cells: Cell[]): Run[] => {
	const runs: Run[] = [];
	for (const [column, {text, foreground, bold, dim}] of cells.entries()) {
		const style = [
			`fill="${colourOf(foreground, plain)}"`,
			bold ? 'font-weight="bold"' : '',
			dim ? 'opacity="0.6"' : '',
		]
			.filter(Boolean)
			.join(' ');
		const last = runs.at(-1);
		if (last?.style === style) last.text += text || ' ';
		else runs.push({column, text: text || ' ', style});
	}
	return runs.flatMap(splitAtGaps);
};

/** Viewers collapse spaces and stretch text to its length, so gaps must not be text. */
const splitAtGaps = ({column, text, style}: Run): Run[] =>
	[...text.matchAll(/\S+(?: \S+)*/g)].map(({0: part, index}) => ({
		column: column + [...text.slice(0, index)].length,
		text: part,
		style,
	}));

/** Draws the texts of a screen, given as rows of cells. */
export const drawTexts = (rows: Cell[][]): string[] =>
	rows.flatMap((cells, row) =>
		runsOf(cells).map(({column, text, style}) => {
			const x = (margin + column * cellWidth).toFixed(1);
			const y = margin + row * cellHeight + 13;
			const length = ([...text].length * cellWidth).toFixed(1);
			return `<text x="${x}" y="${y}" textLength="${length}" ${style}>${escapeXml(text)}</text>`;
		}),
	);

/** Creates a picture of the size of a screen. `looks`: a style sheet, or empty. */
export const drawGround = (rows: Cell[][], title: string, texts: string[], looks = ''): string => {
	const width = Math.ceil((rows[0]?.length ?? 0) * cellWidth + 2 * margin);
	const height = rows.length * cellHeight + 2 * margin;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(title)}">`,
		...(looks === '' ? [] : ['<style>', looks, '</style>']),
		`<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
		'<g font-family="ui-monospace,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="14" xml:space="preserve" lengthAdjust="spacingAndGlyphs">',
		...texts,
		'</g>',
		'</svg>',
		'',
	].join('\n');
};

/** Draws a screen, given as rows of cells, as an SVG picture with its colours. */
export const drawPicture = (rows: Cell[][], title: string): string =>
	drawGround(rows, title, drawTexts(rows));
