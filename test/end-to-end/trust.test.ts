import {appendFileSync, existsSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

/** A stranger's workshop that leaves a mark in the home of whoever runs it, and a container and an image. */
const strange: Record<string, string> = {
	'workshop.md': `---
format: 1
id: strange
title: A stranger’s workshop
minutes: 1
images: [alpine:3.13]
contexts: [app]
---
`,
	'01-marks.md': `# Marks

## Leave a mark

<!-- step
id: leave-mark
kind: run
checks:
  - {check: exit, is: 0, finding: failed, hint: It ended with an error.}
-->

\`\`\`sh run
sh app/mark.sh
\`\`\`

## Build it

<!-- step
id: build-it
kind: run
checks:
  - {check: exit, is: 0, finding: build-failed, hint: The build ended with an error.}
-->

\`\`\`sh run
docker build -t strange ./app
\`\`\`

## Start it

<!-- step
id: start-it
kind: challenge
needs: [build-it]
checks:
  - {check: container, name: strange1, state: running, finding: not-running, hint: It does not run.}
-->

Start it.
`,
	'app/mark.sh': 'echo marked > "$HOME/mark"\n',
	'app/Dockerfile': 'FROM alpine:3.13\nRUN true\n',
	'solutions/start-it/run.yaml':
		'finding: passed\ncommands:\n  - [docker, run, -d, --name, strange1, strange, sleep, "60"]\n',
};

type Place = {cwd: string; home: string; folder: string};

const createPlace = (): Place => {
	const [cwd, home] = [temporaryFolder(), temporaryFolder()];
	const folder = path.join(cwd, 'course');
	writeFiles(folder, strange);
	return {cwd, home, folder};
};

/**
 * Nothing of the workshop has run or been written: no mark, no lab file, nothing on the engine. `wasTrusted`: lab files may
 * be there from before.
 */
const nothingRan = async (
	t: ExecutionContext,
	{cwd, home}: Place,
	{docker}: TestEngine,
	{wasTrusted = false}: {wasTrusted?: boolean} = {},
): Promise<void> => {
	t.false(existsSync(path.join(home, 'mark')));
	if (!wasTrusted) t.false(existsSync(path.join(cwd, 'strange')));
	t.is(await docker('ps', '-aq'), '');
	t.is(await docker('image', 'ls', '-q', '-f', 'reference=strange'), '');
};

const openCourse = ({cwd, home}: Place, {env}: TestEngine, ...args: string[]): TestTerminal =>
	openTerminal({args: ['./course', ...args], cwd, home, env});

const leave = async (terminal: TestTerminal): Promise<void> => {
	terminal.press('q');
	await Promise.race([
		terminal.exited,
		terminal.waitFor('Leave the workshop?').then(
			() => terminal.press('y'),
			() => {},
		),
	]);
	await terminal.exited;
};

engineTests((engineTest, name) => {
	// What asks is the same on every engine.
	if (name !== '26') return;

	for (const command of ['run', 'check']) {
		engineTest(
			`${command} runs nothing of a stranger’s without a terminal, whatever is agreed to blindly`,
			async (t, engine) => {
				const place = createPlace();
				const {env} = engine;
				const args = [command, '--workshop', './course', '--yes', '--json'];
				const first = await runCli(args, {...place, env});
				t.is(first.exitCode, 2);
				const {error} = JSON.parse(first.stdout);
				const [, hash = ''] = trust(place.folder);
				t.true(error.message.includes(hash));
				t.regex(error.next, /multistage-workshop list .*course.*--trust <hash>/);
				const wrong = await runCli(
					[...args, '--trust', hash.replace(/^./, digit => (digit === '0' ? '1' : '0'))],
					{
						...place,
						env,
					},
				);
				t.is(wrong.exitCode, 2);
				t.regex(wrong.stderr, /not the one you trust/);
				await nothingRan(t, place, engine);
			},
		);
	}

	engineTest('as lines that a script answers it is not agreed to either', async (t, engine) => {
		const place = createPlace();
		const {stderr, exitCode} = await runCli(['./course', '--plain', '--yes'], {
			...place,
			env: engine.env,
			stdin: 'y\n'.repeat(20),
		});
		t.is(exitCode, 2);
		t.regex(stderr, /there is no terminal to ask on/);
		await nothingRan(t, place, engine);
	});

	engineTest(
		'with its hash it runs, from then on without, and one byte more asks again',
		async (t, engine) => {
			const place = createPlace();
			const run = (...more: string[]) =>
				runCli(['run', '--workshop', './course', '--yes', ...more], {...place, env: engine.env});
			t.is((await run(...trust(place.folder))).exitCode, 0);
			t.true(existsSync(path.join(place.home, 'mark')));
			t.is((await run()).exitCode, 0);
			for (const file of ['01-marks.md', 'app/mark.sh', 'solutions/start-it/run.yaml']) {
				appendFileSync(path.join(place.folder, file), '\n');
				const again = await run();
				t.is(again.exitCode, 2, file);
				t.true(again.stderr.includes(trust(place.folder)[1] ?? ''));
				t.is((await run(...trust(place.folder))).exitCode, 0, file);
			}
			await engine.docker('rm', '-f', 'strange1');
			await engine.docker('rmi', '-f', 'strange');
		},
	);
});

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest('a listing names the hash and all that would run, and runs nothing', async (t, engine) => {
		const place = createPlace();
		const {stdout, exitCode} = await runCli(['list', './course'], {...place, env: engine.env});
		t.is(exitCode, 0);
		for (const wanted of [
			...trust(place.folder).slice(1),
			'`["sh", "app/mark.sh"]`',
			'`["docker", "build", "-t", "strange", "./app"]`',
			'`["docker", "run", "-d", "--name", "strange1", "strange", "sleep", "60"]`',
			'app/Dockerfile',
		])
			t.true(stdout.includes(wanted), wanted);
		await nothingRan(t, place, engine);
	});
});

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest('a rehearsal on a terminal asks, and --yes is no answer', async (t, engine) => {
		const place = createPlace();
		const args = ['run', '--workshop', './course', '--yes'];
		const refused = openTerminal({args, ...place, env: engine.env});
		await refused.waitFor('y trust it, q leave?');
		t.regex(refused.screen().join('\n'), /`\["sh", "app\/mark\.sh"\]`/);
		refused.press(keys.enter);
		t.is((await refused.exited).exitCode, 2);
		await nothingRan(t, place, engine);
	});

	engineTest(
		'on the screen it is asked before anything runs, and again before the first run',
		async (t, engine) => {
			const place = createPlace();
			const terminal = openCourse(place, engine);
			await terminal.waitFor('Do you trust it?');
			t.regex(terminal.screen().join('\n'), /\["sh", "app\/mark\.sh"\]/);
			terminal.press(keys.enter);
			await terminal.waitFor('Nothing runs until you say that you trust this workshop');
			await terminal.waitFor(/engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor('enter run');
			await nothingRan(t, place, engine);
			terminal.press(keys.enter);
			await terminal.waitFor('Do you trust it?');
			await nothingRan(t, place, engine);
			terminal.press('y');
			await terminal.waitFor('passed:');
			t.true(existsSync(path.join(place.home, 'mark')));
			await leave(terminal);
		},
	);

	engineTest(
		'files that change while it is open do not run, and are asked about at the next start',
		async (t, engine) => {
			const place = createPlace();
			const terminal = openCourse(place, engine, ...trust(place.folder));
			await terminal.waitFor(/engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor('enter run');
			appendFileSync(path.join(place.folder, 'app/mark.sh'), 'echo more\n');
			terminal.press(keys.enter);
			await terminal.waitFor('nothing in them is run');
			await nothingRan(t, place, engine, {wasTrusted: true});
			await leave(terminal);
			const next = openCourse(place, engine);
			await next.waitFor('Do you trust it?');
			next.press('q');
			t.is((await next.exited).exitCode, 0);
			await nothingRan(t, place, engine, {wasTrusted: true});
		},
	);
});

/** The same workshop, of which a command changes the folder in passing: what it does next is not what was agreed to. */
const changing = (file: string, text: string): Place => {
	const place = createPlace();
	const folder = path.join(place.cwd, 'course');
	writeFiles(folder, {[file]: text.replaceAll('COURSE', folder)});
	return place;
};

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest('a rehearsal runs nothing more once the files have changed', async (t, engine) => {
		const place = changing('app/mark.sh', 'echo marked > "$HOME/mark"; echo more >> "COURSE/app/mark.sh"\n');
		const args = ['run', '--workshop', './course', '--yes', ...trust(place.folder)];
		const {stdout, exitCode} = await runCli(args, {...place, env: engine.env});
		t.is(exitCode, 3, stdout);
		t.true(existsSync(path.join(place.home, 'mark')));
		t.regex(
			stdout,
			/unknown +build-it: The files in .*course have changed since this command started, so nothing in them is run/,
		);
		t.is(await engine.docker('image', 'ls', '-q', '-f', 'reference=strange'), '');
	});

	engineTest('a proof on an engine runs nothing more either', async (t, engine) => {
		const place = changing(
			'solutions/start-it/run.yaml',
			'finding: passed\ncommands:\n  - [sh, -c, "echo more >> COURSE/app/mark.sh"]\n  - [docker, run, -d, --name, strange1, strange, sleep, "60"]\n',
		);
		const args = ['lint', './course', '--engine', ...trust(place.folder)];
		const {stderr, exitCode} = await runCli(args, {...place, env: engine.env});
		t.is(exitCode, 3, stderr);
		t.regex(stderr, /have changed since this command started, so nothing in them is run/);
		t.is(await engine.docker('ps', '-aq'), '');
	});

	engineTest('nor does a solution on the screen', async (t, engine) => {
		const place = changing(
			'solutions/start-it/run.yaml',
			'finding: passed\ncommands:\n  - [sh, -c, "echo more >> COURSE/app/mark.sh"]\n  - [docker, run, -d, --name, strange1, strange, sleep, "60"]\n',
		);
		await engine.docker('tag', 'alpine:3.13', 'strange');
		const terminal = openCourse(place, engine, ...trust(place.folder));
		await terminal.waitFor(/engine \d/);
		terminal.press('g');
		await terminal.waitFor('enter go there');
		terminal.press(`${keys.down}${keys.down}${keys.enter}`);
		await terminal.waitFor('Start it.');
		terminal.press('h');
		await terminal.waitFor('s run the solution');
		terminal.press('s');
		await terminal.waitFor('nothing in them is run');
		t.is(await engine.docker('ps', '-aq'), '');
		await leave(terminal);
		await engine.docker('rmi', 'strange');
	});
});
