import test from 'ava';
import {deepTest} from '../tools/deep.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {lastPage, walk} from '../tools/walk.js';

const titles = ['What a multi-stage build is', 'Build it with BuildKit', 'Two stages at the same time'];

const walks = test.macro({
	async exec(t, columns: number, rows: number) {
		const terminal = openTerminal({args: ['--replay'], columns, rows, env: {PATH: '/nowhere'}});
		const seen: string[] = [];
		const last = await walk(terminal, lastPage, screen => {
			seen.push(screen.join('\n'));
			t.true(screen.length <= rows);
			if (!/connecting/.test(screen[0] ?? '')) t.regex(screen[0] ?? '', /RECORDED/);
		});
		for (const title of titles)
			t.true(
				seen.some(screen => screen.includes(title)),
				title,
			);
		t.true(seen.some(screen => /test .*skipped/.test(screen)));
		t.log(last.join('\n'));
		terminal.press('q');
		t.is((await terminal.exited).exitCode, 0);
		t.deepEqual(terminal.state().alternateScreen, false);
		t.regex(terminal.screen().join('\n'), /\d+ of 44 steps passed/);
	},
	title: (_, columns, rows) =>
		`a learner walks the recording from the welcome to the end at ${columns}×${rows}`,
});

deepTest(walks, 120, 36);
deepTest(walks, 80, 24);

test.serial(
	'without docker, the screen says what is missing, and enter leads into the recording',
	async t => {
		const terminal = openTerminal({columns: 120, rows: 36, env: {PATH: '/nowhere'}});
		const welcome = await terminal.waitFor('enter play the recording');
		t.regex(welcome.join('\n'), /engine +not found: The docker command is not on this machine/);
		terminal.press(keys.enter);
		await terminal.waitFor(/RECORDED[\s\S]*enter start/);
		terminal.press(keys.enter);
		await terminal.waitFor('Build a server in one stage');
		terminal.kill('SIGTERM');
		t.is((await terminal.exited).exitCode, 143);
	},
);
