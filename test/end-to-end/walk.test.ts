import test from 'ava';
import {deepTest} from '../tools/deep.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {lastPage, walk} from '../tools/walk.js';

/** What has to be seen of each workshop, and its steps that count. */
const workshops: Record<string, {seen: RegExp[]; steps: number}> = {
	'multi-stage': {
		seen: [
			/What a multi-stage build is/,
			/Build it with BuildKit/,
			/Two stages at the same time/,
			/test .*skipped/,
		],
		steps: 45,
	},
	'build-cache': {seen: [/careless/, /careful/], steps: 10},
	'build-mounts': {seen: [/RUN --mount=type=cache/, /scratch/], steps: 39},
};

const walks = test.macro({
	async exec(t, workshop: string, columns: number, rows: number) {
		const {seen: wanted = [], steps = 0} = workshops[workshop] ?? {};
		const args = [workshop, '--replay'];
		const terminal = openTerminal({args, columns, rows, env: {PATH: '/nowhere'}});
		const seen: string[] = [];
		const last = await walk(terminal, lastPage, screen => {
			seen.push(screen.join('\n'));
			t.true(screen.length <= rows);
			if (!/connecting/.test(screen[0] ?? '')) t.regex(screen[0] ?? '', /RECORDED/);
		});
		for (const one of wanted)
			t.true(
				seen.some(screen => one.test(screen)),
				String(one),
			);
		t.log(last.join('\n'));
		terminal.press('q');
		t.is((await terminal.exited).exitCode, 0);
		t.deepEqual(terminal.state().alternateScreen, false);
		t.regex(terminal.screen().join('\n'), new RegExp(`\\d+ of ${steps} steps passed`));
	},
	title: (_, workshop, columns, rows) =>
		`a learner walks the recording of ${workshop} from the welcome to the end at ${columns}×${rows}`,
});

for (const workshop of Object.keys(workshops)) {
	deepTest(walks, workshop, 120, 36);
	deepTest(walks, workshop, 80, 24);
}

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
