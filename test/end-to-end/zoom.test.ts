import {readFileSync} from 'node:fs';
import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {longLineCount, writeLongWorkshop} from '../tools/long-workshop.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';

const numbers = Array.from({length: longLineCount}, (_, index) => String(index + 1));

engineTests((engineTest, name) => {
	// One is enough: what each engine prints is proven elsewhere.
	if (name !== '26') return;

	engineTest(
		'of a stage that prints 100,000 lines each one can be read, found and copied',
		async (t, {env}) => {
			const folder = writeLongWorkshop();
			const terminal = openTerminal({args: [folder, ...trust(folder)], columns: 80, rows: 24, env});
			await terminal.waitFor(/engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor('Press enter to run it.');
			terminal.press(keys.enter);
			// `z` takes the stage that runs: only when the other one is over, it is this one.
			await terminal.waitUntil(
				rows => /few ─.*done/.test(rows.join('\n')) && /many ─.*running/.test(rows.join('\n')),
				'few done and many running',
			);
			terminal.press('z');
			await terminal.waitFor(/╭ many ─[\s\S]* · end/);
			// While lines arrive, one that was there first stays in sight.
			terminal.press('<');
			const first = await terminal.waitFor(/│ +1 {2}1 [\s\S]*lines 1–16 of [\d,]+\n/);
			t.false(first.join('\n').includes('end'));
			await terminal.waitFor('of 100,000', 60_000);
			await terminal.waitFor(/many ─.*done/);
			t.regex(terminal.screen().join('\n'), /│ +1 {2}1 [\s\S]*lines 1–16 of 100,000/);

			terminal.press('/');
			await terminal.waitFor('enter search');
			terminal.press('50000');
			await terminal.waitFor('/50000');
			terminal.press(keys.enter);
			await terminal.waitFor(/▸ +50000 {2}50000 /);
			terminal.press('>');
			await terminal.waitFor(/100000 {2}100000 [\s\S]*lines 99,985–100,000 of 100,000 · end/);

			terminal.press('y');
			await terminal.waitFor('Copied 100,000 lines to');
			const copied = readFileSync(path.join(terminal.cwd, 'build-long-many.log'), 'utf8');
			t.deepEqual(copied.trimEnd().split('\n'), numbers);

			terminal.press('z');
			await terminal.waitFor('enter finish');
			terminal.press('d');
			await terminal.waitFor(/B │ 5 ✔ RUN from=1/);
			terminal.press('q');
			await terminal.waitFor('Leave the workshop?');
			terminal.press('y');
			t.is((await terminal.exited).exitCode, 0);
		},
	);
});
