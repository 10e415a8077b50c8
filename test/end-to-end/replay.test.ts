import {cpSync, mkdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {programFile} from '../../source/pack/manifest.js';
import {builtProgram} from '../tools/built-program.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runHere} from '../tools/run-here.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {lastPage, walk} from '../tools/walk.js';

/** What a USB stick brings: the program in one file, and the workshops beside it. */
const copyProgram = (): string => {
	const folder = temporaryFolder();
	cpSync(builtProgram, path.join(folder, programFile));
	cpSync('workshops', path.join(folder, 'workshops'), {recursive: true});
	return path.join(folder, programFile);
};

/** An empty folder: no docker, no shell, no curl. */
const noDocker = (): Record<string, string> => {
	const PATH = path.join(temporaryFolder(), 'bin');
	mkdirSync(PATH);
	return {PATH};
};

const joined = (rows: string[]): string => rows.join('\n');

/** The text without the line ends that a screen puts in: the left side, then the right one. */
const flat = (rows: string[]): string => {
	const divider = rows.find(row => row.startsWith('──') && row.includes('┴'))?.indexOf('┴') ?? -1;
	const sides =
		divider < 0 ? rows : [...rows.map(row => row.slice(0, divider)), ...rows.map(row => row.slice(divider))];
	return sides.join(' ').replace(/[│\s]+/g, ' ');
};

const type = async (terminal: TestTerminal, line: string): Promise<void> => {
	terminal.press(':');
	await terminal.waitFor('enter run');
	terminal.press(`${line}${keys.enter}`);
};

const wrong: Array<[string, RegExp]> = [
	['docker run -d -P whoami -port 5000', /where nothing listens: whoami listens on port 5000/],
	['docker run -d whoami -port 5000', /No host port maps to port 5000/],
	['docker run -d -P -port 5000 whoami', /Docker refused the run: "Invalid containerPort: ort"/],
];

test.serial(
	'without Docker and network a learner walks the recording to the end, the lab included',
	async t => {
		const terminal = openTerminal({program: copyProgram(), columns: 120, rows: 36, env: noDocker()});
		const welcome = await terminal.waitFor('enter play the recording');
		t.regex(flat(welcome), /The docker command is not on this machine/);
		terminal.press(keys.enter);
		await terminal.waitFor(/RECORDED on engine 28[\s\S]*enter start/);
		const seen: string[] = [];
		const look = (rows: string[]) => {
			seen.push(joined(rows));
			t.regex(rows[1] ?? '', /RECORDED on engine 28\.[\d.]+, \d{4}-\d\d-\d\d, stand-in base images/);
		};
		await walk(terminal, /10\/10 {2}Two stages at the same time[\s\S]*enter play/, look);
		terminal.press(keys.enter);
		look(await terminal.waitFor(/left \S* *─* *\S running [\s\S]*right \S* *─* *\S running /));
		terminal.press('x');
		await terminal.waitUntil(rows => /left and right ran at the same/.test(flat(rows)), 'the verdict');
		await walk(terminal, /1\/3 {2}A port of your own[\s\S]*Press : and type your command/, look);
		for (const [line, says] of wrong) {
			await type(terminal, line);
			// All of it in one frame: a piece of output may end in the middle of one.
			const isJudged = (text: string) =>
				says.test(text) &&
				/failed: .*Judged by reading your command; nothing ran/.test(text) &&
				/Read, not run/.test(text);
			await terminal.waitUntil(rows => isJudged(flat(rows)), String(says));
		}
		await type(terminal, 'docker run -d -p 8050:5000 whoami -port 5000');
		const passes = /passed: .*answers on host port 8050\. Judged by reading your command; nothing ran/;
		await terminal.waitUntil(rows => passes.test(flat(rows)), String(passes));
		await walk(terminal, lastPage, look);
		t.true(seen.some(screen => /test .*skipped/.test(screen)));
		t.regex(flat(terminal.screen()), /This was a recording: nothing ran on this machine/);
		terminal.press('q');
		t.is((await terminal.exited).exitCode, 0);
		t.regex(
			joined(terminal.screen()),
			/\d+ of 45 steps passed in the recording; nothing ran on this machine/,
		);
	},
);

for (const builder of ['legacy', 'buildkit']) {
	test.serial(`the recording passes without a screen, begun with ${builder}`, async t => {
		const args = ['run', '--replay', '--json', '--yes', '--builder', builder];
		const {stdout, exitCode} = await runHere(args, {env: noDocker()});
		const {passed, chapters} = JSON.parse(stdout);
		t.is(exitCode, 0);
		t.true(passed);
		t.is(chapters.length, 9);
	});
}
