import test from 'ava';
import {gridPanes} from '../../source/tui/components/pane-layout.js';

const grids = test.macro((t, count: number, columns: number, rows: number, expected: string[] | null) => {
	const grid = gridPanes(count, {columns, rows});
	t.deepEqual(grid?.map(row => row.map(pane => `${pane.columns}×${pane.rows}`).join(' ')) ?? null, expected);
});

test('four stages make two rows of two', grids, 4, 65, 28, ['32×14 32×14', '32×14 32×14']);
test('three stages stand one above the other', grids, 3, 65, 28, ['65×10', '65×9', '65×9']);
test('the last row is filled by fewer panes', grids, 5, 100, 16, ['33×8 33×8 32×8', '50×8 49×8']);
test('one stage has the whole room', grids, 1, 65, 28, ['65×28']);
test('many stages in a wide room stand side by side', grids, 6, 160, 20, [
	'53×10 53×10 52×10',
	'53×10 53×10 52×10',
]);
test('what is left over goes to the first panes', grids, 2, 66, 9, ['33×9 32×9']);
test('a room too small for panes has none', grids, 4, 48, 9, null);
test('no stage makes no pane', grids, 0, 65, 28, null);

test('panes fill their room, and none is too small', t => {
	for (let count = 1; count <= 12; count++) {
		for (let columns = 24; columns <= 200; columns += 11) {
			for (let rows = 4; rows <= 60; rows += 3) {
				const grid = gridPanes(count, {columns, rows});
				if (!grid) continue;
				t.is(grid.flat().length, count);
				t.is(
					grid.reduce((sum, row) => sum + (row[0]?.rows ?? 0), 0),
					rows,
				);
				for (const row of grid) {
					t.is(
						row.reduce((sum, pane) => sum + pane.columns + 1, -1),
						columns,
					);
					t.true(row.every(pane => pane.columns >= 24 && pane.rows >= 4));
				}
			}
		}
	}
});
