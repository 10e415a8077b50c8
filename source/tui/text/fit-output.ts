import wrapAnsi from 'wrap-ansi';
import {stripColours} from '../../text/terminal-text.js';
import {widthOf} from '../../text/width.js';

/** The output of a command in rows. `isTight`: they need the columns beside the border too. */
type FittedOutput = {rows: string[]; isTight: boolean};

/** Columns between a border and what stands inside of it, at both sides. */
const besideBorder = 2;

/** The last result for each output, which a ticking screen draws many times. */
const fitCache = new WeakMap<string[], FittedOutput & {columns: number}>();

/**
 * Fits the output of a command so that all of it is in sight. Gaps between table columns are reduced first. If that is not
 * enough, the rows use the columns beside the border too, and lines that are still too long are wrapped.
 */
export const fitOutput = (lines: string[], columns: number): FittedOutput => {
	const known = fitCache.get(lines);
	if (known?.columns === columns) return known;
	const fit = fitLines(lines, columns);
	fitCache.set(lines, {...fit, columns});
	return fit;
};

const fitLines = (lines: string[], columns: number): FittedOutput => {
	if (fits(lines, columns)) return {rows: lines, isTight: false};
	const squeezed = squeezeColumns(lines, columns);
	if (fits(squeezed, columns)) return {rows: squeezed, isTight: false};
	const tight = squeezeColumns(lines, columns + besideBorder);
	if (fits(tight, columns + besideBorder)) return {rows: tight, isTight: true};
	return {rows: squeezed.flatMap(line => wrapText(line, Math.max(1, columns))), isTight: false};
};

const fits = (lines: string[], columns: number): boolean => lines.every(line => widthOf(line) <= columns);

/** A space at the end or the beginning of a row, where a line was wrapped, and the colour sequences around it. */
const blankAtEnd = / ((?:\u001B\[[0-9;:]*m)*)$/;
const blankAtStart = /^((?:\u001B\[[0-9;:]*m)*) /;

/** Wraps a line, with its colours. */
const wrapText = (line: string, columns: number): string[] => {
	if (widthOf(line) <= columns) return [line];
	const rows = wrapAnsi(line, columns, {hard: true, trim: false}).split('\n');
	return rows.map((row, index) => {
		const ended = index < rows.length - 1 ? row.replace(blankAtEnd, '$1') : row;
		return index > 0 ? ended.replace(blankAtStart, '$1') : ended;
	});
};

/** Blank columns to leave between two columns of a table: two or, if that is still too wide, one. */
const gaps = [2, 1];

/**
 * Narrows a table such as `docker image ls` prints: removes columns that are blank in every line, until the widest line
 * fits. Returns the lines unchanged if they fit, if they have colours or characters of other widths, or if they are no
 * table.
 */
export const squeezeColumns = (lines: string[], columns: number): string[] => {
	const widest = Math.max(0, ...lines.map(line => line.length));
	const isPlain = lines.every(line => widthOf(line) === line.length && stripColours(line) === line);
	if (lines.length < 2 || widest <= columns || !isPlain) return lines;
	const blank = Array.from({length: widest}, (_, column) =>
		lines.every(line => (line[column] ?? ' ') === ' '),
	);
	const dropped = new Set<number>();
	for (const gap of gaps) {
		let blanks = 0;
		// From the right, because the columns at the right would be out of sight.
		for (let column = widest - 1; column >= 0 && widest - dropped.size > columns; column--) {
			if (dropped.has(column)) continue;
			blanks = blank[column] ? blanks + 1 : 0;
			if (blanks > gap) dropped.add(column);
		}
	}
	if (dropped.size === 0) return lines;
	return lines.map(line => [...line].filter((_, column) => !dropped.has(column)).join(''));
};
