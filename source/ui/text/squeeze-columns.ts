import {stripColours} from '../../text/clean-line.js';
import {widthOf} from '../../text/width.js';

/** Blank columns that are left between two columns of text: first so many, and where that is still too wide, so many. */
const gaps = [2, 1];

/**
 * Lines of a table, as `docker image ls` prints it, brought closer together: columns that are blank in every line are
 * taken out, as many as it takes for the widest line to fit. Lines that fit, have colours or characters of other widths,
 * or are no table are given back as they are.
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
		// From the right: the columns that would be out of sight come first.
		for (let column = widest - 1; column >= 0 && widest - dropped.size > columns; column--) {
			if (dropped.has(column)) continue;
			blanks = blank[column] ? blanks + 1 : 0;
			if (blanks > gap) dropped.add(column);
		}
	}
	if (dropped.size === 0) return lines;
	return lines.map(line => [...line].filter((_, column) => !dropped.has(column)).join(''));
};
