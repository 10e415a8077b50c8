import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {waitForProcesses} from '../tools/find-processes.js';
import {byQ, hasLeft, openToLeave, signalProgram, stateAtFirst} from '../tools/leave.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {progressPath, writeProgress} from '../tools/write-progress.js';

const at = (stepId: string): string => {
	const home = temporaryFolder();
	writeProgress(home, stepId, ['read-reference', 'build-simple', 'build-simple-buildkit', 'build-whoami']);
	return home;
};

/** What is on the screen when it shrinks: the keys that lead there, each with what it brings. */
const scenes: Array<{name: string; stepId: string; path: Array<[press: string, shows: string]>}> = [
	{name: 'a page', stepId: 'read-simple', path: []},
	{
		name: 'a command line',
		stepId: 'compare-images',
		path: [
			[':', 'esc close'],
			['ls', '$ ls'],
		],
	},
	{name: 'the list of keys', stepId: 'read-simple', path: [['?', 'what the footer says']]},
	{name: 'the chapters', stepId: 'read-simple', path: [['g', '(you are here)']]},
	{name: 'the files', stepId: 'read-simple', path: [['l', 'enter open in your editor']]},
	{name: 'a question', stepId: 'read-simple', path: [['q', 'Leave the workshop?']]},
	{name: 'the panes of a build', stepId: 'build-parallel-legacy', path: [[keys.enter, 'enter next step']]},
	{
		name: 'a zoomed pane',
		stepId: 'build-parallel-legacy',
		path: [
			[keys.enter, 'enter next step'],
			['z', 'z back'],
		],
	},
];

/** Sizes that a window can take while somebody drags its corner. */
const sizes = [
	[1, 1],
	[1, 40],
	[120, 1],
	[2, 2],
	[40, 8],
] as const;

const arrive = async (terminal: TestTerminal, {path}: (typeof scenes)[number]): Promise<string[]> => {
	await terminal.waitFor('RECORDED');
	terminal.press(keys.enter);
	let rows = await terminal.waitFor(/enter (?:done reading|play)/);
	for (const [press, shows] of path) {
		terminal.press(press);
		rows = await terminal.waitFor(shows, 60_000);
	}
	return rows;
};

for (const viewModel of sampleOf(scenes, 1)) {
	test.serial(`a terminal that shrinks to 1×1 and grows again shows ${viewModel.name} as before`, async t => {
		const terminal = openToLeave({args: ['--replay'], home: at(viewModel.stepId)});
		const before = (await arrive(terminal, viewModel)).join('\n');
		for (const [columns, rows] of sizes) {
			terminal.resize(columns, rows);
			terminal.press(keys.down + keys.up);
		}
		terminal.resize(120, 40);
		await terminal.waitUntil(rows => rows.join('\n') === before, before);
		signalProgram(terminal, 'SIGTERM');
		await hasLeft(t, terminal, {exitCode: 143});
	});
}

test.serial('a terminal of 1×1 from the start takes keys, and is left as found', async t => {
	const terminal = openToLeave({args: ['--replay'], home: at('read-simple'), columns: 1, rows: 1});
	await terminal.waitUntil(() => terminal.state().alternateScreen, 'the screen');
	terminal.press(keys.enter);
	terminal.resize(120, 40);
	await terminal.waitFor('enter done reading');
	terminal.resize(1, 1);
	terminal.press('qy');
	t.is((await terminal.exited).exitCode, 0);
	t.deepEqual(terminal.state(), stateAtFirst);
	t.deepEqual(await waitForProcesses(`HOME=${terminal.home}`, 'none'), []);
});

/** What a shell can do to the streams of the program, and what comes of it. */
const streams: Array<{name: string; args: string[]; line: string; exitCode: number; says: RegExp}> = [
	{
		name: 'closed input',
		args: ['--replay'],
		line: '"$@" <&-',
		exitCode: 2,
		says: /its input has ended before the first answer\.\nNext: /,
	},
	{
		name: 'closed output of errors',
		args: ['doctor', '--json'],
		line: '"$@" 2>&- >out',
		exitCode: 3,
		says: /^$/,
	},
	{
		name: 'an output on a full disk',
		args: ['--replay', '--plain'],
		line: '"$@" >/dev/full',
		exitCode: 129,
		says: /^$/,
	},
	{
		name: 'a reader that goes in the middle of lines',
		args: ['--replay', '--plain'],
		line: '"$@" | head -3',
		exitCode: 0,
		says: /^Multi-stage builds\n\n/,
	},
];

for (const {name, args, line, exitCode, says} of streams) {
	test.serial(`${name} ends the program without a mess`, async t => {
		const home = at('read-simple');
		const terminal = openTerminal({
			args,
			home,
			around: `stty -a >before; ${line}; echo $? >exit; stty -a >after`,
		});
		await terminal.exited;
		const read = (file: string) => readFileSync(path.join(terminal.cwd, file), 'utf8');
		const rows = [...terminal.scrollback(), ...terminal.screen()].join('\n').trimEnd();
		t.is(read('exit'), `${exitCode}\n`, rows);
		t.regex(rows, says);
		t.is(read('after'), read('before'));
		t.deepEqual(terminal.state(), stateAtFirst);
		t.deepEqual(await waitForProcesses(`HOME=${home}`, 'none'), []);
		t.is(JSON.parse(readFileSync(progressPath(home), 'utf8')).stepId, 'read-simple');
	});
}

/** Environments that say little about the terminal, or the wrong thing. */
const environments: Array<[told: string, env: Record<string, string>]> = [
	['nothing of itself', {TERM: ''}],
	['a name that nobody knows', {TERM: 'no-such-terminal'}],
	['a size that is none', {COLUMNS: '0', LINES: '-1'}],
];
for (const [name, env] of sampleOf(environments, 1)) {
	test.serial(`a terminal that tells ${name} is drawn on all the same`, async t => {
		const terminal = openToLeave({args: ['--replay'], home: at('read-simple'), env});
		await terminal.waitFor('enter start');
		await byQ.leave(terminal, false);
		const rows = await hasLeft(t, terminal, byQ);
		t.is(rows.length, 2, rows.join('\n'));
	});
}
