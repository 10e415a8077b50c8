import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {walk} from '../tools/walk.js';

const progressIn = (home: string) =>
	JSON.parse(
		readFileSync(
			path.join(home, '.local/state/multistage-workshop/progress/multi-stage-recorded.json'),
			'utf8',
		),
	);

test('a learner predicts, runs and compares; the prediction outlives the program', async t => {
	const home = temporaryFolder();
	const options = {args: ['--replay'], columns: 120, rows: 36, home, env: {PATH: '/nowhere'}};
	const terminal = openTerminal(options);
	const before = await walk(terminal, /Which stages will run\?/);
	t.regex(before.join('\n'), /○ base ──┬─▶ ○ build ──┬─▶ ○ test/);
	t.regex(before.join('\n'), /test ─+ ○ waiting/);
	terminal.press('1234');
	await terminal.waitFor('3 [x] test');
	terminal.press('4');
	await terminal.waitFor('4 [ ] final');
	terminal.press(keys.enter);
	const after = await terminal.waitFor(/enter next step/);
	const screen = after.join('\n');
	t.regex(screen, /you said +\[x\] base +\[x\] build +\[x\] test +\[ \] final/);
	t.regex(screen, /it was +✔ +done +✔ +done +⊘ +skipped +✔ +done/);
	t.regex(screen, /2 of 4 stages are as you said\./);
	t.regex(screen, /✔ base ──┬─▶ ✔ build ──┬─▶ ⊘ test/);
	// The same Dockerfile was built by the legacy builder before.
	t.regex(screen, /BuildKit took .* the legacy builder .* times as fast/);
	terminal.press('q');
	await terminal.waitFor('Leave the workshop?');
	terminal.press('y');
	await terminal.exited;
	t.deepEqual(progressIn(home).predictions, {'build-simple-buildkit': ['base', 'build', 'test']});

	const again = openTerminal({...options, cwd: terminal.cwd});
	await again.waitFor('enter start');
	again.press(keys.enter);
	await again.waitFor('3 [x] test');
	again.press('q');
	await again.waitFor('Leave the workshop?');
	again.press('y');
	t.is((await again.exited).exitCode, 0);
});

test('both builders stand one above the other after the second one', async t => {
	const terminal = openTerminal({args: ['--replay'], columns: 80, rows: 24, env: {PATH: '/nowhere'}});
	await walk(terminal, /Two stages at the same time ✔/);
	terminal.press('t');
	const timelines = await terminal.waitFor(/times as fast/);
	const screen = timelines.join('\n');
	t.regex(screen, /legacy · [\d.]+ s · 4 stages run[\s\S]*BuildKit · [\d.]+ s · 4 stages run/);
	t.regex(screen, /It ran left\s+and right at the same time/);
	terminal.press('q');
	await terminal.waitFor('Leave the workshop?');
	terminal.press('y');
	t.is((await terminal.exited).exitCode, 0);
});
