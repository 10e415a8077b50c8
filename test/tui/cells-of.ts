import type {Cell} from '../tools/emulate-terminal.js';

/** Every row of a screen: its text, and the looks of each cell that is not plain. */
export const cellsOf = (
	{cell}: {cell(column: number, row: number): Cell},
	{columns, rows}: {columns: number; rows: number},
): string[] =>
	Array.from({length: rows}, (_, row) => {
		const cells = Array.from({length: columns}, (_, column) => cell(column, row));
		const looks = cells.flatMap(({text: _, foreground, background, ...is}, column) => {
			const told = [foreground, background].filter(colour => colour !== 'default');
			const names = [...told, ...Object.entries(is).flatMap(([name, isSo]) => (isSo ? [name] : []))];
			return names.length > 0 ? [`${column} ${names.join(' ')}`] : [];
		});
		// A row may end before its blanks.
		return [cells.map(({text}) => text || ' ').join(''), ...looks].join('; ');
	});
