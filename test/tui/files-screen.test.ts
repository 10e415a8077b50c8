import test from 'ava';
import {keys} from '../tools/terminal.js';
import {openEmulated} from './open-emulated.js';
import {sampleState} from './sample-state.js';

test.serial('keys that come faster than frames show the file that they choose last', async t => {
	const state = sampleState({
		overlay: 'files',
		slices: {
			files: {
				list: [
					{path: 'Dockerfile', state: 'ours'},
					{path: 'start.sh', state: 'own'},
				],
				file: {path: 'Dockerfile', text: 'FROM scratch\n'},
			},
		},
	});
	const screen = openEmulated(t, state, {columns: 120, rows: 36});
	await screen.waitFor('▸ Dockerfile');
	screen.press(keys.down + keys.up + keys.up + keys.pageDown);
	screen.press(keys.enter);
	await screen.waitUntil(() => screen.sent.at(-1)?.intent === 'edit-file', 'the last intent');
	t.deepEqual(screen.sent, [
		{intent: 'show-file', path: 'start.sh'},
		{intent: 'show-file', path: 'Dockerfile'},
		{intent: 'edit-file', path: 'Dockerfile'},
	]);
});
