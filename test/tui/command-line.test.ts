import test, {type ExecutionContext} from 'ava';
import {createFakeHistory} from '../tools/fakes/fake-history.js';
import type {FakeSessionOptions} from '../tools/fakes/open-fake-session.js';
import {settled} from '../tools/settled.js';
import {keys} from '../tools/terminal.js';
import {typeLine} from '../tools/type-line.js';
import {openFakeScreen, type DrawnScreen as Screen} from './open-emulated.js';

const ctrlR = '\u0012';
const altB = '\u001Bb';

/** The recording at its first step: nothing here needs an engine. */
const open = async (t: ExecutionContext, options: FakeSessionOptions = {}): Promise<Screen> => {
	const screen = openFakeScreen(
		t,
		{on: 'recording', stepId: 'read-reference', ...options},
		{columns: 100, rows: 30},
	);
	await screen.waitFor('enter start');
	screen.press(keys.enter);
	await screen.waitFor('What a multi-stage build is');
	return screen;
};

const openLine = async (terminal: Screen, text: string): Promise<void> => {
	terminal.press(':');
	await terminal.waitFor('esc close');
	terminal.press(text);
	await terminal.waitFor(text);
};

test.serial('a line is edited as in a shell, and escape closes it without running it', async t => {
	const terminal = await open(t);
	await openLine(terminal, 'docker run simple');
	terminal.press(altB);
	terminal.press('--rm ');
	await terminal.waitFor('$ docker run --rm simple');
	terminal.press('q');
	await terminal.waitFor('--rm qsimple');
	terminal.press(keys.escape);
	const rows = await terminal.waitFor('enter done reading');
	t.false(rows.join('\n').includes('qsimple'));
});

test.serial('typed lines are kept for the next session, and found again', async t => {
	const history = createFakeHistory();
	const first = await open(t, {history});
	await typeLine(first, 'export GREETING=hello');
	await first.waitFor('GREETING is now set for every command');
	await typeLine(first, 'docker ps --all');
	await first.waitFor('Nothing is recorded for this command.');
	const second = await open(t, {history});
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
	await second.waitFor('GREETING is now set for every command');
	t.deepEqual(history.load(), ['export GREETING=hello', 'docker ps --all', 'export GREETING=hello']);
});

test.serial('tab completes files of the lab folder, and offers what it can’t choose from', async t => {
	const terminal = await open(t);
	await openLine(terminal, 'cat si');
	terminal.press(keys.tab);
	await terminal.waitFor('$ cat simple/');
	terminal.press(keys.tab);
	await terminal.waitFor('$ cat simple/Dockerfile');
	terminal.press('whoami/');
	await terminal.waitFor('simple/Dockerfile whoami/');
	terminal.press(keys.tab);
	const rows = await terminal.waitFor(/Dockerfile {2}app\.go {2}go\.mod/);
	t.true(rows.join('\n').includes('$ cat simple/Dockerfile whoami/'));
});

test.serial('what is pasted in several lines is one command, and is not run by itself', async t => {
	const terminal = await open(t);
	terminal.press(':');
	await terminal.waitFor('esc close');
	terminal.press('\u001B[200~docker build \\\r\n  -t simple ./simple\r\ndocker run simple\r\n\u001B[201~');
	const rows = await terminal.waitFor('docker run simple');
	t.regex(rows.join('\n'), /\$ docker build \\\n +-t simple \.\/simple\n +docker run simple/);
	t.true(rows.join('\n').includes('esc close'));
	terminal.press(keys.enter);
	await terminal.waitFor('Nothing is recorded for this command.');
});

test.serial('a line that ends with a backslash goes on in the next row', async t => {
	const terminal = await open(t);
	await openLine(terminal, 'docker ps \\');
	terminal.press(keys.enter);
	terminal.press('--all');
	const rows = await terminal.waitFor('--all');
	t.regex(rows.join('\n'), /\$ docker ps \\\n +--all/);
});

const leftSide = (terminal: Screen): string =>
	terminal
		.screen()
		.map(row => row.slice(0, 44).trim())
		.join(' ')
		.replaceAll(/\s+/g, ' ');

test.serial('lines that only set something stick, and say so', async t => {
	const terminal = await open(t);
	for (const [line, says] of [
		['cd simple', /Your commands now run in simple/],
		['cd nowhere', /There is no folder/],
		['cd', /Your commands run in the lab folder again/],
		['unset GREETING', /GREETING is now unset for every command/],
		['export DOCKER_HOST=tcp://1.2.3.4', /DOCKER_HOST stays as it is/],
		['ls -l', /Nothing is recorded for this command/],
	] as const) {
		await typeLine(terminal, line);
		t.regex(
			await settled(
				() => leftSide(terminal),
				text => says.test(text),
			),
			says,
		);
	}
});

test.serial(
	'in a recording the command of a step is played, edited or typed, as long as it is the same',
	async t => {
		const terminal = await open(t, {progress: {builder: 'legacy'}});
		terminal.press(keys.enter);
		await terminal.waitFor('enter go on without');
		terminal.press(keys.enter);
		await terminal.waitFor('Two builders, one Dockerfile');
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
	},
);
