import {createHash} from 'node:crypto';
import {createReadStream, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {trouble} from '../fixtures/terminal/print-trouble.js';
import {nodeUnderTest} from '../tools/built-program.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {byQ, hasLeft, pidOf, stateAtFirst} from '../tools/leave.js';
import {keys, type TestTerminal} from '../tools/terminal.js';
import {openCommand} from './open-command.js';

const script = path.resolve('test/fixtures/terminal/print-trouble.js');

/** Megabytes that the program may have had at any time. */
const mostMemory = 180;

const outputFile = ({home}: TestTerminal): string => {
	const folder = path.join(home, '.local', 'state', 'multistage-workshop', 'transcripts');
	return path.join(folder, readdirSync(folder)[0] ?? '', 'stdout');
};

const hashOf = async (pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> => {
	const hash = createHash('sha256');
	for await (const piece of pieces) hash.update(piece);
	return hash.digest('hex');
};

const peakMemory = (terminal: TestTerminal): number => {
	const status = readFileSync(path.join('/proc', String(pidOf(terminal)), 'status'), 'utf8');
	return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1000;
};

/** The verdict stands, all was kept, memory stayed low, and the terminal is as it was. */
const hasTakenAll = async (
	t: ExecutionContext,
	terminal: TestTerminal,
	expected: Iterable<Uint8Array>,
): Promise<void> => {
	await terminal.waitFor('passed: The command ended with exit code 0.', 120_000);
	t.is(await hashOf(createReadStream(outputFile(terminal))), await hashOf(expected));
	const peak = peakMemory(terminal);
	t.log(`${Math.round(peak)} MB at most`);
	t.true(peak < mostMemory, `${peak} MB`);
	await byQ.leave(terminal, false);
	t.deepEqual((await hasLeft(t, terminal, byQ)).slice(0, 1), ['One: 1 of 1 steps passed.']);
};

const kinds: Array<{kind: keyof typeof trouble; name: string; shows: RegExp}> = [
	{kind: 'nul', name: 'NUL bytes', shows: /│ begun\s[\s\S]*│ abc\s[\s\S]*│ ended/},
	{kind: 'bytes', name: 'invalid UTF-8', shows: /│ begun\s[\s\S]*│ �+\s[\s\S]*│ ended/},
	// Its beginning goes on row by row, so that the line before it is above the pane.
	{kind: 'line', name: 'one line of 200 MB', shows: /(?:│ long long .*\n.*){9}[\s\S]*│ ended/},
	{kind: 'flood', name: '1 GB', shows: /│ x{20}[\s\S]*│ ended/},
	{
		kind: 'endless',
		name: 'a last line without an end',
		shows: /│ begun\s[\s\S]*│ ended, without a line feed/,
	},
	{kind: 'carriage', name: '100,000 carriage returns', shows: /│ begun\s[\s\S]*│ 50 %[\s\S]*│ ended/},
	{kind: 'attack', name: 'sequences for the terminal', shows: /│ begun\s[\s\S]*│ owned[\s\S]*│ ended/},
];

engineTests((engineTest, engineName) => {
	if (engineName !== '26') return;

	for (const {kind, name, shows} of kinds) {
		engineTest(`a command that prints ${name} is shown and kept whole`, async (t, {env}) => {
			const terminal = await openCommand(`${nodeUnderTest} ${script} ${kind}`, {env});
			terminal.press(keys.enter);
			await terminal.waitFor(shows, 120_000);
			t.deepEqual(terminal.state(), {...stateAtFirst, ...onScreen});
			await hasTakenAll(t, terminal, trouble[kind]());
		});
	}

	engineTest('a command whose child holds the output open ends when the command does', async (t, {env}) => {
		const seconds = 10_000 + (process.pid % 10_000);
		const terminal = await openCommand(`sh -c "sleep ${seconds} & echo ended"`, {env});
		terminal.press(keys.enter);
		await hasTakenAll(t, terminal, [Buffer.from('ended\n')]);
		t.deepEqual(await waitForProcesses(`sleep\0${seconds}`, 'none'), []);
	});

	engineTest('300 MB from a container are kept byte by byte, and keys answer meanwhile', async (t, {env}) => {
		const lines = 3_000_000;
		const awk = `BEGIN {for (i = 1; i <= ${lines}; i++) printf "%08d ${'.'.repeat(91)}\\n", i}`;
		// The engine would keep it all a second time, as JSON.
		const command = `docker run --rm --log-driver none alpine:3.13 awk '${awk}'`;
		const terminal = await openCommand(command, {env});
		terminal.press(keys.enter);
		await terminal.waitFor(/│ 0\d{7} \.{9}/, 60_000);
		for (let times = 0; times < 5; times++) {
			terminal.press('?');
			await terminal.waitFor('a command of your own');
			terminal.press(keys.escape);
			await terminal.waitFor(/│ 0\d{7} \.{9}/);
		}
		t.true(statSync(outputFile(terminal)).size < lines * 101, 'it still prints');
		await terminal.waitFor(`${String(lines).padStart(8, '0')} `, 120_000);
		const expected = function* () {
			for (let line = 1; line <= lines; line++) {
				yield Buffer.from(`${String(line).padStart(8, '0')} ${'.'.repeat(91)}\n`);
			}
		};
		await hasTakenAll(t, terminal, expected());
	});
});

/** What the program itself has set while it is on the screen. */
const onScreen = {alternateScreen: true, cursorVisible: false};
