import {chmodSync, readFileSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';

const passed = {at: '2026-01-02T03:04:05Z', finding: 'passed'};
const atBuild = () => beginAt('build-simple', {builder: 'legacy', passed: {'disable-buildkit': passed}});
const simple = ({cwd}: TestTerminal) => path.join(cwd, 'multi-stage', 'simple', 'Dockerfile');

/** An editor that asks for a line on the terminal and puts it into the file. */
const createEditor = (): string => {
	const file = path.join(temporaryFolder(), 'editor');
	writeFileSync(file, '#!/bin/sh\nprintf "Your line? "\nread line\nsed -i "s/^RUN sleep 2/$line/" "$2"\n');
	chmodSync(file, 0o755);
	return `${file} --wait`;
};

const openFiles = async (terminal: TestTerminal): Promise<void> => {
	terminal.press(keys.enter);
	await terminal.waitFor('3/4  Build it');
	terminal.press('l');
	await terminal.waitFor('enter open in your editor');
};

test.serial('the files of the lab folder are listed, and shown as the arrows choose', async t => {
	const terminal = openTerminal({args: ['--replay'], columns: 120, rows: 36});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor('enter play');
	terminal.press('l');
	await terminal.waitFor('▸ why/single.Dockerfile');
	for (let file = 0; file < 7; file++) terminal.press(keys.up);
	await terminal.waitFor(/▸ simple\/Dockerfile[\s\S]*FROM base AS final/);
	for (let file = 0; file < 4; file++) terminal.press(keys.down);
	const rows = await terminal.waitFor(/package main[\s\S]*▸ whoami\/app.go/);
	t.log(rows.join('\n'));
	terminal.press(keys.pageDown);
	await terminal.waitFor(/▲ \d+ above/);
	terminal.press(keys.escape);
	await terminal.waitFor('enter play');
	terminal.kill('SIGTERM');
	t.is((await terminal.exited).exitCode, 143);
});

test.serial('without an editor the list of files says so, and how to name one', async t => {
	const terminal = openTerminal({args: ['--replay'], columns: 80, rows: 24, env: {PATH: '/nowhere'}});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor('enter play');
	terminal.press('l');
	await terminal.waitFor('enter open in your editor');
	terminal.press(keys.enter);
	await terminal.waitFor('No editor was found.');
	terminal.kill('SIGTERM');
	t.is((await terminal.exited).exitCode, 143);
});

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(
		'a Dockerfile saved in the learner’s editor shows what changed, and is built',
		async (t, {env}) => {
			const terminal = openTerminal({
				columns: 80,
				rows: 24,
				env: {...env, EDITOR: createEditor()},
				home: atBuild(),
			});
			await terminal.waitFor(/engine \d/);
			await openFiles(terminal);
			terminal.press(keys.enter);
			await terminal.waitFor('Your line?');
			terminal.press('RUN echo quick\r');
			const rows = await terminal.waitFor('simple/Dockerfile was saved: 1 line removed, 1 line added.');
			t.log(rows.join('\n'));
			t.regex(rows.join('\n'), /12 - RUN sleep 2\n +12 \+ RUN echo quick\n/);
			terminal.press('y');
			await terminal.waitFor(/passed: The build went through/, 60_000);
			t.regex(readFileSync(simple(terminal), 'utf8'), /^RUN echo quick$/m);
			terminal.kill('SIGTERM');
			t.is((await terminal.exited).exitCode, 143);
		},
	);
	engineTest('a Dockerfile saved in another window is noticed too', async (t, {env}) => {
		const terminal = openTerminal({columns: 120, rows: 36, env, home: atBuild()});
		await terminal.waitFor(/engine \d/);
		await openFiles(terminal);
		terminal.press(keys.escape);
		await terminal.waitFor('enter run');
		const shipped = readFileSync(simple(terminal), 'utf8');
		writeFileSync(simple(terminal), shipped.replace('AS test', 'AS tests'));
		await terminal.waitFor(/was saved[\s\S]*\+ FROM build AS tests/);
		terminal.press('n');
		await terminal.waitFor(/tests ─+ ○ waiting/);
		t.is(terminal.screen().join('\n').includes('was saved'), false);
		terminal.press(':');
		await terminal.waitFor('esc close');
		// As editors save that don't want to lose anything.
		writeFileSync(`${simple(terminal)}.new`, shipped);
		renameSync(`${simple(terminal)}.new`, simple(terminal));
		await terminal.waitFor('! simple/Dockerfile was saved:');
		terminal.kill('SIGTERM');
		t.is((await terminal.exited).exitCode, 143);
	});
	engineTest('the program ends with the editor that it has opened', async (t, {env}) => {
		const terminal = openTerminal({
			columns: 80,
			rows: 24,
			env: {...env, EDITOR: createEditor()},
			home: atBuild(),
		});
		await terminal.waitFor(/engine \d/);
		await openFiles(terminal);
		terminal.press(keys.enter);
		await terminal.waitFor('Your line?');
		terminal.kill('SIGTERM');
		t.is((await terminal.exited).exitCode, 143);
		t.like(terminal.state(), {alternateScreen: false, cursorVisible: true});
	});
});
