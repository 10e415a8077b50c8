import test from 'ava';
import {emulateTerminal} from './emulate-terminal.js';
import {watchScreen} from './watch-screen.js';

/** The marks that begin and end a synchronized update. */
const [begin, end] = ['\u001B[?2026h', '\u001B[?2026l'];

test.serial('nobody looks at half a frame', async t => {
	const emulator = emulateTerminal(20, 2);
	const watch = watchScreen(emulator);
	const seen = watch.waitUntil(rows => rows[0] === 'above', 'a row');
	for (const piece of [`${begin}above`, '\r\nbel', `ow${end}`, `${begin}\u001B[H\u001B[Knext`]) {
		await new Promise<void>(resolve => {
			emulator.write(piece, () => {
				watch.look();
				resolve();
			});
		});
	}
	t.deepEqual(await seen, ['above', 'below']);
});

test.serial('what stands there at the end is looked at, whole or not', async t => {
	const emulator = emulateTerminal(20, 2);
	const watch = watchScreen(emulator);
	const seen = watch.waitUntil(rows => rows[0] === 'above', 'a row');
	emulator.write(`${begin}above`, () => watch.end('The program ended'));
	t.deepEqual(await seen, ['above', '']);
});
