import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {findProcesses, waitForProcesses} from '../tools/find-processes.js';
import {byQ, hasLeft, signalProgram, stateAtFirst} from '../tools/leave.js';
import {settled} from '../tools/settled.js';
import {writeSlowWorkshop} from '../tools/slow-workshop.js';
import {keys, openTerminal, type TerminalOptions, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {writeProgress} from '../tools/write-progress.js';

/** A shell that has jobs: when the program stops, it notes the terminal's settings, and waits for a line before `fg`. */
const jobs = [
	'set -m',
	'stty -a >before',
	'sh -c \'echo $$ >pid; exec "$@"\' sh "$@"',
	'code=$?',
	'while [ $code = 147 ] || [ $code = 148 ]; do echo "stopped with $code"; stty -a >stopped; read line; [ "$line" != kill ] || kill %1; fg >jobs; code=$?; done',
	'echo $code >exit',
	'stty -a >after',
].join('; ');

const openJob = (options: TerminalOptions): TestTerminal => openTerminal({...options, around: jobs});

/** Waits until the program has stopped, and proves that the shell has its terminal as it was. */
const hasStopped = async (t: ExecutionContext, terminal: TestTerminal): Promise<void> => {
	await terminal.waitFor(/stopped with 14\d/);
	const read = (name: string) =>
		existsSync(path.join(terminal.cwd, name)) ? readFileSync(path.join(terminal.cwd, name), 'utf8') : '';
	t.is(
		await settled(
			() => read('stopped'),
			text => text === read('before'),
		),
		read('before'),
	);
	t.deepEqual(terminal.state(), stateAtFirst);
	t.not(findProcesses(`HOME=${terminal.home}`).length, 0);
};

/** Waits until the shell has it in the foreground again: where nothing is drawn then, the screen does not tell. */
const hasGoneOn = async (t: ExecutionContext, terminal: TestTerminal): Promise<void> => {
	const looked = () => existsSync(path.join(terminal.cwd, 'jobs'));
	t.true(await settled(looked, Boolean), terminal.screen().join('\n'));
};

/** Ways to stop it that leave the program a chance to tidy up. */
const ways: Array<{name: string; stop(terminal: TestTerminal): void}> = [
	{name: 'ctrl-z', stop: terminal => terminal.press('\u001A')},
	{name: 'SIGTSTP', stop: terminal => signalProgram(terminal, 'SIGTSTP')},
];

const at = (stepId: string): string => {
	const home = temporaryFolder();
	writeProgress(home, stepId, ['read-reference', 'build-simple', 'build-simple-buildkit', 'build-whoami']);
	return home;
};

for (const {name, stop} of sampleOf(ways, 1)) {
	test.serial(`${name} gives the terminal back, and fg draws the step anew`, async t => {
		const terminal = openJob({args: ['--replay'], home: at('read-simple')});
		await terminal.waitFor('RECORDED');
		terminal.press(keys.enter);
		await terminal.waitFor('enter done reading');
		for (let times = 0; times < 2; times++) {
			stop(terminal);
			await hasStopped(t, terminal);
			terminal.press('go\r');
			await terminal.waitFor('enter done reading');
			t.true(terminal.state().alternateScreen);
			// One key at a time, without echo: raw mode is on again.
			terminal.press('?');
			await terminal.waitFor('what the footer says');
			terminal.press(keys.escape);
			await terminal.waitFor('enter done reading');
		}
		await byQ.leave(terminal, false);
		const rows = await hasLeft(t, terminal, byQ);
		t.is(rows.at(-1), 'Next time you continue at “Read a Dockerfile with four stages”.');
	});
}

const places = [
	{place: 'a command line', open: ':'},
	{place: 'the list of keys', open: '?'},
	{place: 'a question', open: 'q'},
];

for (const {place, open} of sampleOf(places, 1)) {
	test.serial(`ctrl-z in ${place} comes back to it`, async t => {
		const terminal = openJob({args: ['--replay'], home: at('compare-images')});
		await terminal.waitFor('RECORDED');
		terminal.press(keys.enter);
		await terminal.waitFor('enter play');
		terminal.press(open);
		const seen = await terminal.waitUntil(rows => !rows.join('\n').includes('enter play'), place);
		terminal.press('\u001A');
		await hasStopped(t, terminal);
		terminal.press('go\r');
		await terminal.waitUntil(rows => rows.join('\n') === seen.join('\n'), seen.join('\n'));
		signalProgram(terminal, 'SIGTERM');
		await hasLeft(t, terminal, {exitCode: 143});
	});
}

test.serial('a window that changes while the program is stopped is drawn in its new size', async t => {
	const terminal = openJob({args: ['--replay'], home: at('read-simple')});
	await terminal.waitFor('RECORDED');
	terminal.press('\u001A');
	await hasStopped(t, terminal);
	terminal.resize(70, 20);
	terminal.press('go\r');
	await terminal.waitUntil(
		rows => rows.length === 20 && / q quit$/.test(rows[18] ?? ''),
		'a footer in the last row but one of 20',
	);
	terminal.resize(120, 40);
	await byQ.leave(terminal, false);
	await hasLeft(t, terminal, byQ);
});

test.serial('a stopped program that is told to end ends when it goes on', async t => {
	const terminal = openJob({args: ['--replay'], home: at('read-simple')});
	await terminal.waitFor('RECORDED');
	terminal.press('\u001A');
	await hasStopped(t, terminal);
	terminal.press('kill\r');
	await hasLeft(t, terminal, {exitCode: 143});
});

test.serial('SIGSTOP, which nobody can catch, costs no more than a new frame', async t => {
	const terminal = openJob({args: ['--replay'], home: at('read-simple')});
	await terminal.waitFor('RECORDED');
	signalProgram(terminal, 'SIGSTOP');
	await terminal.waitFor('stopped with 14');
	// The terminal is raw still: a line ends with its own character.
	terminal.press('go\n');
	await terminal.waitUntil(rows => !rows.join('\n').includes('stopped with'), 'a frame without the shell');
	await terminal.waitFor('enter start');
	await byQ.leave(terminal, false);
	await hasLeft(t, terminal, byQ);
});

test.serial('where no shell could continue it, ctrl-z stops nothing', async t => {
	// The program leads the session: nobody is there to say `fg`.
	const terminal = openTerminal({args: ['--replay'], home: at('read-simple')});
	await terminal.waitFor('RECORDED');
	terminal.press('\u001A');
	await terminal.waitUntil(() => !terminal.state().alternateScreen, 'the terminal as it was');
	await terminal.waitUntil(() => terminal.state().alternateScreen, 'the screen again');
	terminal.press(keys.enter);
	await terminal.waitFor('enter done reading');
	await byQ.leave(terminal, false);
	t.is((await terminal.exited).exitCode, 0);
});

test.serial('ctrl-z in plain lines stops it, and fg goes on with the same question', async t => {
	const terminal = openJob({args: ['--replay', '--plain'], home: at('read-simple')});
	await terminal.waitFor('1 start');
	terminal.press('\u001A');
	await hasStopped(t, terminal);
	terminal.press('go\r');
	await hasGoneOn(t, terminal);
	terminal.press('quit\r');
	await hasLeft(t, terminal, byQ);
});

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;
	engineTest(
		'a build goes on while the program is stopped, and can be cancelled after',
		async (t, {env, docker}) => {
			const {folder, token} = writeSlowWorkshop();
			const terminal = openJob({args: [folder, ...trust(folder)], env});
			await terminal.waitFor(/ engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor('enter run');
			terminal.press(keys.enter);
			t.not((await waitForProcesses(token, 'some')).length, 0);
			terminal.press('\u001A');
			await hasStopped(t, terminal);
			t.not(findProcesses(token).length, 0);
			terminal.press('go\r');
			await terminal.waitFor('it has begun');
			terminal.press(keys.ctrlC);
			await terminal.waitFor('The command was cancelled');
			await byQ.leave(terminal, false);
			await hasLeft(t, terminal, byQ);
			t.deepEqual(await waitForProcesses(token, 'none'), []);
			t.is(await docker('ps', '-q'), '');
		},
	);

	engineTest('ctrl-z in a command that has the terminal stops both', async (t, {env}) => {
		const terminal = openJob({
			args: ['--workshop', 'multi-stage'],
			env: {...env, EDITOR: 'sh -c "echo editing; read line; echo got $line"'},
		});
		await terminal.waitFor(/ engine \d/);
		terminal.press(keys.enter);
		await terminal.waitFor('enter run');
		terminal.press('l');
		await terminal.waitFor('enter open in your editor');
		terminal.press(keys.enter);
		await terminal.waitFor('editing');
		terminal.press('\u001A');
		await hasStopped(t, terminal);
		terminal.press('go\r');
		await hasGoneOn(t, terminal);
		terminal.press('done\r');
		await terminal.waitFor('enter open in your editor');
		signalProgram(terminal, 'SIGTERM');
		await hasLeft(t, terminal, {exitCode: 143});
	});
});
