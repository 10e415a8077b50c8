import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {deepTest} from '../tools/deep.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {typeLine} from '../tools/type-line.js';

const ctrlR = '\u0012';
const altB = '\u001Bb';

/** Opens the recording at its first step: nothing here needs an engine. */
const open = async (home = temporaryFolder(), args: string[] = []): Promise<TestTerminal> => {
	const terminal = openTerminal({args: ['--replay', ...args], columns: 100, rows: 30, home});
	await terminal.waitFor('enter start');
	terminal.press(keys.enter);
	await terminal.waitFor('What a multi-stage build is');
	return terminal;
};

const openLine = async (terminal: TestTerminal, text: string): Promise<void> => {
	terminal.press(':');
	await terminal.waitFor('esc close');
	terminal.press(text);
	await terminal.waitFor(text);
};

const ends = async (terminal: TestTerminal) => {
	terminal.kill('SIGTERM');
	return (await terminal.exited).exitCode;
};

test.serial('a line is edited as in a shell, and escape closes it without running it', async t => {
	const terminal = await open();
	await openLine(terminal, 'docker run simple');
	terminal.press(altB);
	terminal.press('--rm ');
	await terminal.waitFor('$ docker run --rm simple');
	terminal.press('q');
	await terminal.waitFor('--rm qsimple');
	terminal.press(keys.escape);
	const rows = await terminal.waitFor('enter done reading');
	t.false(rows.join('\n').includes('qsimple'));
	t.is(await ends(terminal), 143);
});

test.serial('typed lines are kept for the next session, and found again', async t => {
	const home = temporaryFolder();
	const first = await open(home);
	await typeLine(first, 'export GREETING=hello');
	await first.waitFor('GREETING is set from here on');
	await typeLine(first, 'docker ps --all');
	await first.waitFor('Nothing is recorded for this command.');
	t.is(await ends(first), 143);
	const second = await open(home);
	second.press(':');
	await second.waitFor('esc close');
	second.press(keys.up);
	await second.waitFor('$ docker ps --all');
	second.press(keys.up);
	await second.waitFor('$ export GREETING=hello');
	second.press(keys.escape);
	await second.waitFor('enter done reading');
	second.press(':');
	await second.waitFor('esc close');
	second.press(ctrlR);
	await second.waitFor('history “”:');
	second.press('gree');
	await second.waitFor('history “gree”: export GREETING=hello');
	second.press(keys.enter);
	await second.waitFor('GREETING is set from here on');
	t.is(await ends(second), 143);
});

test.serial('tab completes files of the lab folder, and offers what it can’t choose from', async t => {
	const terminal = await open();
	await openLine(terminal, 'cat si');
	terminal.press(keys.tab);
	await terminal.waitFor('$ cat simple/');
	terminal.press(keys.tab);
	await terminal.waitFor('$ cat simple/Dockerfile');
	terminal.press('whoami/');
	await terminal.waitFor('simple/Dockerfile whoami/');
	terminal.press(keys.tab);
	await terminal.waitFor(/Dockerfile {2}app\.go {2}go\.mod/);
	t.is(await ends(terminal), 143);
});

deepTest('what is pasted in several lines is one command, and is not run by itself', async t => {
	const terminal = await open();
	terminal.press(':');
	await terminal.waitFor('esc close');
	terminal.press('\u001B[200~docker build \\\r\n  -t simple ./simple\r\ndocker run simple\r\n\u001B[201~');
	const rows = await terminal.waitFor('docker run simple');
	t.regex(rows.join('\n'), /\$ docker build \\\n +-t simple \.\/simple\n +docker run simple/);
	t.true(rows.join('\n').includes('esc close'));
	terminal.press(keys.enter);
	await terminal.waitFor('Nothing is recorded for this command.');
	t.is(await ends(terminal), 143);
});

deepTest('a line that ends with a backslash goes on in the next row', async t => {
	const terminal = await open();
	await openLine(terminal, 'docker ps \\');
	terminal.press(keys.enter);
	terminal.press('--all');
	const rows = await terminal.waitFor('--all');
	t.regex(rows.join('\n'), /\$ docker ps \\\n +--all/);
	t.is(await ends(terminal), 143);
});

test.serial('lines that only set something stick, and say so', async t => {
	const terminal = await open();
	for (const [line, says] of [
		['cd simple', /Your commands run in simple from here on/],
		['cd nowhere', /There is no folder/],
		['cd', /Your commands run in the lab folder again/],
		['unset GREETING', /GREETING is gone from here on/],
		['export DOCKER_HOST=tcp://1.2.3.4', /DOCKER_HOST stays as it is/],
		['ls -l', /Nothing is recorded for this command/],
	] as const) {
		await typeLine(terminal, line);
		await terminal.waitUntil(
			rows =>
				says.test(
					rows
						.map(row => row.slice(0, 44).trim())
						.join(' ')
						.replaceAll(/\s+/g, ' '),
				),
			String(says),
		);
	}
	t.is(await ends(terminal), 143);
});

test.serial(
	'in a recording the command of a step is played, edited or typed, as long as it is the same',
	async t => {
		const terminal = await open(temporaryFolder(), ['--builder', 'legacy']);
		terminal.press(keys.enter);
		await terminal.waitFor('Begin with the legacy builder');
		await typeLine(terminal, 'export DOCKER_BUILDKIT=0');
		await terminal.waitFor('Press enter to go on');
		terminal.press(keys.enter);
		await terminal.waitFor('done reading');
		terminal.press(keys.enter);
		await terminal.waitFor('3/4  Build it');
		terminal.press('e');
		await terminal.waitFor('esc close');
		terminal.press(keys.enter);
		await terminal.waitFor('Press enter to go on');
		t.regex(terminal.screen().join('\n'), /passed:/);
		t.is(await ends(terminal), 143);
	},
);
