import test from 'ava';
import {keys} from '../tools/terminal.js';
import {openFakeScreen} from './open-emulated.js';

test.serial('a learner predicts, runs and compares; the prediction outlives the program', async t => {
	const options = {on: 'recording', stepId: 'build-simple-buildkit', passed: []} as const;
	const terminal = openFakeScreen(t, {...options, passed: []});
	await terminal.waitFor(/engine \d[\s\S]*enter start/);
	terminal.press(keys.enter);
	const before = await terminal.waitFor(/Which stages will run\?[\s\S]*1-4 predict/);
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
	t.regex(screen, /Right about 2 of 4 stages\./);
	t.regex(screen, /✔ base ──┬─▶ ✔ build ──┬─▶ ⊘ test/);
	const kept = terminal.session.recorded.kept();
	t.deepEqual(kept?.predictions, {'build-simple-buildkit': ['base', 'build', 'test']});

	const again = openFakeScreen(t, {...options, passed: [], progress: kept ?? {}});
	await again.waitFor('enter start');
	again.press(keys.enter);
	await again.waitFor('3 [x] test');
});

test.serial('both builders stand one above the other after the second one', async t => {
	const options = {on: 'recording', stepId: 'build-parallel-legacy', passed: []} as const;
	const terminal = openFakeScreen(t, {...options, passed: []}, {columns: 80, rows: 24});
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
});
