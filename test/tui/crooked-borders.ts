import type {DrawnScreen} from './open-emulated.js';

/** The corner below that each upper end of a border runs down to. */
const ends: Record<string, string> = {'╭': '╰', '╮': '╯', '┬': '┴'};

/** Upper ends of borders that do not run straight down to the end below, as places on the screen. */
export const crookedBorders = (
	{cell}: Pick<DrawnScreen, 'cell'>,
	{columns, rows}: {columns: number; rows: number},
): string[] => {
	const crooked: string[] = [];
	for (let column = 0; column < columns; column++) {
		for (let row = 0; row < rows; row++) {
			const end = ends[cell(column, row).text];
			if (!end || isOfGraph(cell, column, row)) continue;
			let below = row + 1;
			while (below < rows && cell(column, below).text === '│') below++;
			if (below === rows || cell(column, below).text !== end) crooked.push(`column ${column}, row ${row}`);
		}
	}
	return crooked;
};

/** The lines of the graph branch below the rule, and curve after a dash. */
const isOfGraph = (cell: DrawnScreen['cell'], column: number, row: number): boolean => {
	const {text} = cell(column, row);
	return text === '┬' ? row > 1 : text === '╭' && column > 0 && cell(column - 1, row).text === '─';
};
