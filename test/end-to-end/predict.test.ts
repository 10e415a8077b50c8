import {readFileSync, renameSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {beginAt} from '../tools/begin-at.js';
import {keys, openTerminal} from '../tools/terminal.js';

const folderIn = (home: string) => path.join(home, '.local/state/multistage-workshop/progress');
const recordedIn = (home: string) => path.join(folderIn(home), 'multi-stage-recorded.json');

/** A home in which the next recording goes on at a step. */
const beginRecordedAt = (stepId: string): string => {
	const home = beginAt(stepId);
	renameSync(path.join(folderIn(home), 'multi-stage.json'), recordedIn(home));
	return home;
};

test.serial('a learner predicts, runs and compares; the prediction outlives the program', async t => {
	const home = beginRecordedAt('build-simple-buildkit');
	const options = {args: ['--replay'], columns: 120, rows: 36, home, env: {PATH: '/nowhere'}};
	const terminal = openTerminal(options);
	await terminal.waitFor(/engine \d[\s\S]*enter start/);
	terminal.press(keys.enter);
	const before = await terminal.waitFor(/Which stages will run\?[\s\S]*1-9 predict/);
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
	terminal.press('q');
	await terminal.waitFor('Leave the workshop?');
	terminal.press('y');
	await terminal.exited;
	t.deepEqual(JSON.parse(readFileSync(recordedIn(home), 'utf8')).predictions, {
		'build-simple-buildkit': ['base', 'build', 'test'],
	});

	const again = openTerminal({...options, cwd: terminal.cwd});
	await again.waitFor('enter start');
	again.press(keys.enter);
	await again.waitFor('3 [x] test');
	again.press('q');
	await again.waitFor('Leave the workshop?');
	again.press('y');
	t.is((await again.exited).exitCode, 0);
});

test.serial('both builders stand one above the other after the second one', async t => {
	const home = beginRecordedAt('build-parallel-legacy');
	const terminal = openTerminal({args: ['--replay'], columns: 80, rows: 24, home, env: {PATH: '/nowhere'}});
	// Each text is on one screen only, so that no key is pressed twice.
	for (const text of [/enter start/, /Two stages, one after the other[\s\S]*enter play/]) {
		await terminal.waitFor(text);
		terminal.press(keys.enter);
	}
	await terminal.waitFor(/Two stages, one after the other ✔[\s\S]*enter next step/);
	terminal.press(keys.enter);
	await terminal.waitFor(/Two stages at the same time[\s\S]*enter play/);
	terminal.press(keys.enter);
	await terminal.waitFor(/Two stages at the same time ✔[\s\S]*enter next step/);
	terminal.press('t');
	const timelines = await terminal.waitFor(/times as fast/);
	const screen = timelines.join('\n');
	t.regex(screen, /legacy · [\d.]+ s · 4 stages run[\s\S]*BuildKit · [\d.]+ s · 4 stages run/);
	t.regex(screen, /It\s+ran\s+left\s+and\s+right\s+at\s+the\s+same\s+time/);
	terminal.press('q');
	await terminal.waitFor('Leave the workshop?');
	terminal.press('y');
	t.is((await terminal.exited).exitCode, 0);
});
