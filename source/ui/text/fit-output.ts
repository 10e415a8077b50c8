import wrapAnsi from 'wrap-ansi';
import {widthOf} from '../../text/width.js';
import {squeezeColumns} from './squeeze-columns.js';

/** What a command printed, in rows. `isTight`: they need the columns beside the border too. */
type FittedOutput = {rows: string[]; isTight: boolean};

/** Columns between a border and what stands inside of it, at both sides. */
const besideBorder = 2;

/** What was fitted last of each output: a screen that ticks draws the same one many times. */
const fitted = new WeakMap<string[], FittedOutput & {columns: number}>();

/**
 * What a command printed, in rows that nothing of it is out of sight. A table is brought closer together; where that does
 * not do, its rows take the columns beside the border; a line that is still too long goes on in the next row.
 */
export const fitOutput = (lines: string[], columns: number): FittedOutput => {
	const known = fitted.get(lines);
	if (known?.columns === columns) return known;
	const fit = fitLines(lines, columns);
	fitted.set(lines, {...fit, columns});
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

/** Colour sequences at the end or at the beginning of a row, with the blank at which it was broken. */
const blankAtEnd = / ((?:\u001B\[[0-9;:]*m)*)$/;
const blankAtStart = /^((?:\u001B\[[0-9;:]*m)*) /;

/** The line in its colours, in as many rows as it takes. */
const wrapText = (line: string, columns: number): string[] => {
	if (widthOf(line) <= columns) return [line];
	const rows = wrapAnsi(line, columns, {hard: true, trim: false}).split('\n');
	return rows.map((row, index) => {
		const ended = index < rows.length - 1 ? row.replace(blankAtEnd, '$1') : row;
		return index > 0 ? ended.replace(blankAtStart, '$1') : ended;
	});
};
