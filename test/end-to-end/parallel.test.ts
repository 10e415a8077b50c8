import {engineTests} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {keys, openTerminal} from '../tools/terminal.js';

engineTests((engineTest, name) => {
	// BuildKit of the CLI of engine 20 hands out parallel output in bursts, and the screen says so.
	const live = name !== '20';
	engineTest('both panes of two parallel stages move at the same time', async (t, {env}) => {
		const home = beginAt('build-parallel-buildkit');
		const terminal = openTerminal({columns: 120, rows: 36, env, home});
		await terminal.waitFor(/engine \d/);
		terminal.press(keys.enter);
		await terminal.waitFor('Press enter to run it.');
		terminal.press(keys.enter);
		if (live) {
			const halfway = await terminal.waitUntil(
				rows =>
					[/left ─.*running/, /right ─.*running/, /left: part 3 of 6/, /right: part 3 of 6/].every(sign =>
						sign.test(rows.join('\n')),
					),
				'left and right running, with three lines of each',
			);
			t.false(halfway.join('\n').includes('part 6 of 6'));
		} else {
			await terminal.waitFor('This BuildKit prints stages in turn: lines come in bursts.');
		}
		const over = await terminal.waitFor(/passed: The stages left.*at the[\s\S]*Press enter to go on/);
		t.regex(over.join('\n'), /left ─.*done/);
		t.regex(over.join('\n'), /right ─.*done/);
		terminal.press('q');
		await terminal.waitFor('Leave the workshop?');
		terminal.press('y');
		t.is((await terminal.exited).exitCode, 0);
	});
});
