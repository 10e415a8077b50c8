import {readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {deepTest} from '../tools/deep.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {hasLeft, openToLeave, signalProgram} from '../tools/leave.js';
import {settled} from '../tools/settled.js';
import {writeSlowWorkshop} from '../tools/slow-workshop.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

/** Something that goes wrong inside of the built program, on SIGUSR2. */
const crash = (kind: string) => ({
	CRASH: kind,
	NODE_OPTIONS: `--import=${pathToFileURL(path.resolve('test/fixtures/terminal/crash.js'))}`,
});

const isToldAsBug =
	/This is a bug in multistage-workshop: made by the test\nError: made by the test\n +at [\s\S]*\nNext: report it/;

const crashes = test.macro({
	async exec(t, kind: string) {
		const home = temporaryFolder();
		writeProgress(home, 'build-parallel-buildkit', ['build-simple']);
		const terminal = openToLeave({args: ['--replay'], home, env: crash(kind)});
		await terminal.waitFor('RECORDED');
		terminal.press(keys.enter);
		await terminal.waitFor(/enter (?:play|run)/);
		terminal.press(keys.enter);
		await terminal.waitFor('part 1 of 6');
		signalProgram(terminal, 'SIGUSR2');
		const rows = await hasLeft(t, terminal, {exitCode: 1});
		t.regex(rows.join('\n'), isToldAsBug);
		t.is(JSON.parse(readFileSync(progressPath(home), 'utf8')).stepId, 'build-parallel-buildkit');
	},
	title: (_, kind) => `an error of our own (${kind}) leaves the terminal as found and is told as a bug`,
});

test.serial(crashes, 'throw');
deepTest(crashes, 'reject');
test.serial(crashes, 'draw');

test.serial('a terminal that goes without a signal ends the program', async t => {
	const terminal = openTerminal({
		args: ['--replay'],
		// This shell takes the signal upon itself; the program in it only finds its terminal gone.
		around: 'trap : HUP; "$@"; echo $? >exit',
	});
	await terminal.waitFor('RECORDED');
	terminal.close();
	await terminal.exited;
	t.deepEqual(await waitForProcesses(`HOME=${terminal.home}`, 'none'), []);
	t.is(readFileSync(path.join(terminal.cwd, 'exit'), 'utf8'), '129\n');
});

test.serial('ctrl-c again, where it asks whether to leave, leaves', async t => {
	const home = temporaryFolder();
	writeProgress(home, 'read-simple', ['read-reference']);
	const terminal = openToLeave({args: ['--replay'], home});
	await terminal.waitFor('RECORDED');
	terminal.press(keys.enter);
	await terminal.waitFor('enter done reading');
	terminal.press(keys.ctrlC + keys.ctrlC);
	const rows = await hasLeft(t, terminal, {exitCode: 0});
	t.regex(rows.join('\n'), /Next time you continue at/);
});

const asks = test.macro(async (t, key: string, exitCode: number, says: RegExp) => {
	const terminal = openToLeave({args: ['reset']});
	await terminal.waitFor('y reset, n leave everything?');
	terminal.press(key);
	t.regex((await hasLeft(t, terminal, {exitCode})).join('\n'), says);
});

test.serial('ctrl-c at a question of a subcommand ends it', asks, keys.ctrlC, 130, /leave everything\? *$/);
test.serial(
	'ctrl-d at a question of a subcommand changes nothing',
	asks,
	'\u0004',
	0,
	/Nothing was changed\.$/,
);

test.serial('a reader that has read enough is no error', async t => {
	const terminal = openTerminal({args: ['doctor'], around: '"$@" | head -1; echo "that was all"'});
	await terminal.waitFor('that was all');
	await terminal.exited;
	const rows = terminal.screen().filter(row => row !== '');
	t.regex(rows[0] ?? '', /^ok +node /);
	t.deepEqual(rows.slice(1), ['that was all']);
});

type Cancelling = {token: string; run: string; times: number};

/** Runs the command that ends only by force, presses ctrl-c so many times; resolves with the ms until it was over. */
const cancelStubborn = async (
	t: ExecutionContext,
	terminal: TestTerminal,
	{token, run, times}: Cancelling,
) => {
	terminal.press(run);
	const isRunning = (shown: string) =>
		shown.includes('it does not listen') && !shown.includes('was cancelled');
	await terminal.waitUntil(rows => isRunning(rows.join('\n')), 'the command running');
	const begin = performance.now();
	terminal.press(keys.ctrlC);
	await terminal.waitFor(/cancelling/);
	t.not((await waitForProcesses(`stubborn-${token}`, 'some')).length, 0);
	for (let again = 1; again < times; again++) terminal.press(keys.ctrlC);
	await terminal.waitFor('The command was cancelled');
	t.deepEqual(await waitForProcesses(`stubborn-${token}`, 'none'), []);
	return performance.now() - begin;
};

engineTests(engineTest => {
	const {folder, token} = writeSlowWorkshop();

	for (const builder of ['buildkit', 'legacy']) {
		engineTest(`an error of our own ends a build by ${builder}`, async (t, {env, docker}) => {
			const terminal = openToLeave({
				args: [folder, ...trust(folder), '--builder', builder],
				env: {...env, ...crash('throw')},
			});
			await terminal.waitFor(/ engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor(/enter (?:play|run)/);
			terminal.press(keys.enter);
			await terminal.waitFor('it has begun');
			signalProgram(terminal, 'SIGUSR2');
			t.regex((await hasLeft(t, terminal, {exitCode: 1})).join('\n'), isToldAsBug);
			t.deepEqual(await waitForProcesses(token, 'none'), []);
			t.is(
				await settled(
					() => docker('ps', '-q'),
					ids => ids === '',
				),
				'',
			);
		});
	}

	engineTest('ctrl-c once asks a command to end, twice ends it by force', async (t, {env}) => {
		const terminal = openTerminal({args: [folder, ...trust(folder)], env});
		await terminal.waitFor(/ engine \d/);
		terminal.press(keys.enter + keys.right);
		await terminal.waitFor(`stubborn-${token}`);
		// Asked once, it is ended by force after three seconds.
		const once = await cancelStubborn(t, terminal, {token, run: keys.enter, times: 1});
		const twice = await cancelStubborn(t, terminal, {token, run: 'a', times: 2});
		t.true(twice < once, `${twice} ms, ${once} ms`);
		terminal.kill('SIGKILL');
		await terminal.exited;
	});

	for (const [signal, exitCode] of Object.entries({SIGTERM: 143, SIGINT: 130, SIGHUP: 129})) {
		engineTest(`${signal} ends a rehearsal, whose JSON is still valid`, async (t, {env, docker}) => {
			const terminal = openToLeave({
				args: ['run', '--workshop', folder, ...trust(folder), '--json', '--yes'],
				env,
			});
			t.not((await waitForProcesses(token, 'some')).length, 0);
			signalProgram(terminal, signal as NodeJS.Signals);
			const rows = await hasLeft(t, terminal, {exitCode});
			const document = JSON.parse(rows.join(''));
			t.like(document, {format: 1, passed: false});
			t.like(document.chapters[0].steps[0], {id: 'build-slow', exitCode: null, verdict: 'failed'});
			t.is(document.chapters[0].steps.length, 1);
			t.deepEqual(await waitForProcesses(token, 'none'), []);
			t.is(
				await settled(
					() => docker('ps', '-q'),
					ids => ids === '',
				),
				'',
			);
		});
	}
});
