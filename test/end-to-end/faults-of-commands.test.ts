import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {writeWorkshop} from '../bench/write-workshop.js';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {byQ, hasLeft, pidOf, stateAtFirst} from '../tools/leave.js';
import {settled} from '../tools/settled.js';
import {keys, type TestTerminal} from '../tools/terminal.js';
import {openCommand, waitForWords} from './open-command.js';

/** What the terminal is left in by a command that had it, and how that ends. */
const wrecks: Array<{name: string; script: string}> = [
	{name: 'is killed with the terminal in raw mode', script: 'stty raw -echo; kill -9 $$'},
	{name: 'crashes on the alternate screen', script: `printf '\\033[?1049h\\033[?25l'; kill -SEGV $$`},
	{
		name: 'leaves the mouse and bracketed paste on',
		script: `printf '\\033[?1000h\\033[?1006h\\033[?2004h\\033[?1h\\033='; exit 3`,
	},
	{name: 'ends in the middle of a colour', script: `printf '\\033[31;7m'; exit 0`},
];

/** Commands that end otherwise than by themselves, and what is said of it. */
const deaths: Array<{name: string; command: string; says: RegExp}> = [
	{
		name: 'kills itself',
		command: `sh -c "echo begun; kill -9 \\$\\$"`,
		says: /failed: .*(?:exit|ended|signal)/,
	},
	{name: 'is not installed', command: 'no-such-program --at-all', says: /no-such-program` is not installed/},
	{
		name: 'is a container that is killed',
		command: 'docker run --rm --name victim alpine:3.13 sh -c "echo begun; sleep 1000"',
		says: /failed: .*exit code 137|failed: The command ended/,
	},
];

/** The docker commands that a program has started: they are its children. */
const dockerOf = (terminal: TestTerminal): number[] => {
	const pid = String(pidOf(terminal));
	const children = readFileSync(path.join('/proc', pid, 'task', pid, 'children'), 'utf8')
		.trim()
		.split(' ');
	return children
		.filter(child => readFileSync(path.join('/proc', child, 'cmdline'), 'utf8').includes('\0build\0'))
		.map(Number);
};

const writeProgram = (script: string): string => {
	const file = path.join(temporaryFolder(), 'program');
	writeFileSync(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return file;
};

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;

	for (const {name, script} of wrecks) {
		engineTest(`an editor that ${name} gives the screen back`, async (t, {env}) => {
			const folder = writeWorkshop(temporaryFolder(), [{id: 'say', command: 'echo printed'}]);
			const editor = writeProgram(`until [ -e seen ]; do sleep 0.05; done; ${script}`);
			const terminal = await openCommand({folder}, {env: {...env, EDITOR: editor}});
			terminal.press('l');
			await terminal.waitFor('enter open in your editor');
			terminal.press(keys.enter);
			// The list of files is on the screen before and after.
			await terminal.waitUntil(() => !terminal.state().alternateScreen, 'the editor');
			writeFileSync(path.join(terminal.cwd, 'bench', 'seen'), '');
			await terminal.waitUntil(
				rows => terminal.state().alternateScreen && rows.join('\n').includes('enter open in your editor'),
				'the list of files again',
			);
			t.deepEqual(terminal.state(), {...stateAtFirst, alternateScreen: true, cursorVisible: false});
			terminal.press(keys.escape);
			await terminal.waitFor('enter run');
			terminal.press(keys.enter);
			await terminal.waitFor('passed: ', 30_000);
			await byQ.leave(terminal, false);
			const rows = await hasLeft(t, terminal, byQ);
			t.true(rows.slice(-3).includes('Bench: 1 of 1 steps passed.'), rows.join('\n'));
		});
	}

	for (const {name, command, says} of deaths) {
		engineTest(`a command that ${name} is told, and can be run again`, async (t, {env, docker}) => {
			const terminal = await openCommand(command, {env});
			terminal.press(keys.enter);
			if (command.startsWith('docker')) {
				await terminal.waitFor(/│ begun/, 60_000);
				await docker('kill', 'victim');
			}
			await waitForWords(terminal, says);
			await waitForWords(terminal, /enter (?:run again|again)/);
			await byQ.leave(terminal, false);
			t.is((await hasLeft(t, terminal, byQ))[0], 'One: 0 of 1 steps passed.');
			t.is(await docker('ps', '-q'), '');
		});
	}

	for (const builder of ['legacy', 'buildkit']) {
		engineTest(
			`a docker command that is killed in a build by ${builder} is told`,
			async (t, {env, docker}) => {
				const token = `token-${process.pid}-${builder}`;
				const dockerfile = `FROM alpine:3.13\nRUN sleep 1000 && echo ${token}\n`;
				const steps = [{id: 'build', command: 'docker build --no-cache -t slow ./context'}];
				const folder = writeWorkshop(temporaryFolder(), steps, dockerfile);
				const terminal = await openCommand({folder}, {env, args: ['--builder', builder]});
				terminal.press(keys.enter);
				t.not((await waitForProcesses(token, 'some')).length, 0);
				for (const pid of dockerOf(terminal)) process.kill(pid, 'SIGKILL');
				await waitForWords(terminal, /failed: /);
				await byQ.leave(terminal, false);
				t.is((await hasLeft(t, terminal, byQ))[0], 'Bench: 0 of 1 steps passed.');
				t.is(
					await settled(
						() => docker('ps', '-q'),
						ids => ids === '',
					),
					'',
				);
			},
		);
	}
});
