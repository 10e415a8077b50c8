import test from 'ava';
import {keymap} from '../../source/view/keymap.js';
import {openEmulated} from './open-emulated.js';
import {sampleState} from './sample-state.js';

const pages = keymap.flatMap(({page}) => (page ? [page.name] : []));

test('the names of pages are distinct', t => {
	t.deepEqual([...new Set(pages)], pages);
});

for (const overlay of pages) {
	test.serial(`the page ${overlay} covers the step`, async t => {
		const screen = openEmulated(t, sampleState({overlay}), {columns: 120, rows: 36});
		const rows = await screen.waitFor(/(?:enter|esc) back/);
		t.false(rows.join('\n').includes('The same Dockerfile'));
	});
}
