import {engineTests} from '../engine/engines.js';
import {inContext} from '../engine/ways.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {openTerminal} from '../tools/terminal.js';
import {lastPage, walk} from '../tools/walk.js';

engineTests(
	declare => {
		for (const [columns, rows] of [
			[120, 36],
			[80, 24],
		] as const) {
			declare(
				`through a selected context a learner walks from the welcome to the end at ${columns}×${rows}`,
				async (t, engine) => {
					await engine.clean();
					const env = await inContext(engine, 'desktop-linux', `host=${engine.env.DOCKER_HOST}`);
					const place = {env, home: temporaryFolder(), cwd: temporaryFolder()};
					const terminal = openTerminal({...place, columns, rows});
					await terminal.waitFor(/engine +26/);
					const seen: string[] = [];
					await walk(terminal, lastPage, screen => {
						t.true(screen.length <= rows);
						seen.push(screen.join('\n'));
					});
					t.true(seen.some(screen => /test .*skipped/.test(screen)));
					t.deepEqual(
						seen.filter(screen => /failed before any stage|use `docker --context/.test(screen)),
						[],
					);
					terminal.press('q');
					t.is((await terminal.exited).exitCode, 0);
					t.regex(terminal.screen().join('\n'), /\d+ of 45 steps passed/);
					t.is((await runCli(['cleanup', '--yes'], place)).exitCode, 0);
					t.is(await engine.docker('ps', '-aq'), '');
				},
			);
		}
	},
	['26'],
);
