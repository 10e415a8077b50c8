import {chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {openToOthers} from '../tools/open-to-others.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {walk} from '../tools/walk.js';

const stateIn = (home: string): string => path.join(home, '.local', 'state', 'multistage-workshop');

/** So that only the program itself can keep others out. */
const openToAll = 'umask 000; exec "$@"';

test.serial('what an earlier version left open is closed at the next start', async t => {
	const home = temporaryFolder();
	const transcript = path.join(stateIn(home), 'transcripts', 'run', 'stdout');
	mkdirSync(path.dirname(transcript), {recursive: true});
	writeFileSync(transcript, 'x');
	for (const place of [transcript, path.dirname(transcript), stateIn(home)]) chmodSync(place, 0o777);
	t.is((await runCli(['list'], {home})).exitCode, 0);
	t.deepEqual(openToOthers(stateIn(home)), []);
});

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest(
		'a session leaves nothing that others may read but what the learner asked for',
		async (t, engine) => {
			const home = temporaryFolder();
			const terminal = openTerminal({home, env: engine.env, around: openToAll, columns: 120, rows: 36});
			await terminal.waitFor(/engine \d/);
			await walk(terminal, /Build it[\s\S]*enter run/);
			terminal.press(keys.enter);
			await terminal.waitFor('enter next step');
			terminal.press(keys.enter);
			await terminal.waitFor('enter run');
			terminal.press(keys.enter);
			await terminal.waitFor('enter next step');
			terminal.press(':');
			await terminal.waitFor('esc close');
			terminal.press(`echo secret${keys.enter}`);
			await terminal.waitFor(/│ secret/);
			// While the program runs, and after it.
			t.deepEqual(openToOthers(stateIn(home)), []);
			const kept = readdirSync(stateIn(home));
			for (const what of ['history', 'ledger', 'progress', 'transcripts']) t.true(kept.includes(what), what);
			terminal.press('q');
			await terminal.waitFor('Leave the workshop?');
			terminal.press('y');
			t.is((await terminal.exited).exitCode, 0);
			t.deepEqual(openToOthers(stateIn(home)), []);
			// The lab files are as the umask has them: other programs may have to read them.
			const dockerfile = path.join(terminal.cwd, 'multi-stage', 'simple', 'Dockerfile');
			t.true(existsSync(dockerfile) && (statSync(dockerfile).mode & 0o044) !== 0);
			await runCli(['cleanup', '--yes'], {home, cwd: terminal.cwd, env: engine.env});
		},
	);
});
