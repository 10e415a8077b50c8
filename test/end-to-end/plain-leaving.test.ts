import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {openTalk} from '../tools/talk.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {writeProgress} from '../tools/write-progress.js';

const title = 'Two stages at the same time';

/** A home of somebody who stands before a build of some seconds. */
const beforeBuild = (): string => {
	const home = temporaryFolder();
	writeProgress(home, 'build-parallel-buildkit', ['read-reference']);
	return home;
};

const openPlain = (): TestTerminal => openTerminal({args: ['--plain', '--replay'], home: beforeBuild()});

/** The last choices, and the mark behind them: what is typed before it stands above it. */
const asks = /\d quit[^\n]*\n>\s*$/;

test.serial('on a terminal, lines are asked for and told without a screen', async t => {
	const terminal = openPlain();
	const asked = async (said: RegExp) =>
		terminal.waitFor(new RegExp(said.source + /[\s\S]*/.source + asks.source));
	await asked(/1 start, 2 recording of the other engine, 3 go to a step,/);
	t.like(terminal.state(), {alternateScreen: false, cursorVisible: true});
	terminal.press('sta\r');
	await asked(/> sta\n\nChapter 4 of 9/);
	terminal.press('xyz\r');
	await asked(/“xyz” is none of the choices\./);
	terminal.press('quit\r');
	await terminal.waitFor(/Leave the workshop\?[\s\S]*\n>\s*$/);
	terminal.press('stay\r');
	await asked(/> stay\n\n1 play,/);
	terminal.press('q\ry\r');
	await terminal.waitFor(`Next time you continue at “${title}”.`);
	t.deepEqual(await terminal.exited, {exitCode: 0, signal: 0});
});

test.serial('ctrl-c cancels what runs, and asks when nothing does; once more leaves', async t => {
	const terminal = openPlain();
	await terminal.waitFor('1 start');
	terminal.press('\r\r');
	await terminal.waitFor('left: part 1 of 6');
	terminal.press(keys.ctrlC);
	await terminal.waitFor(/\^C\n[\s\S]*The command was cancelled after/);
	await terminal.waitFor(/failed: The command was cancelled before it ended\.[\s\S]*\n1 play again,/);
	terminal.press(keys.ctrlC);
	await terminal.waitFor('Leave the workshop?');
	terminal.press(keys.ctrlC);
	t.is((await terminal.exited).exitCode, 130);
	t.regex(terminal.screen().join('\n'), /Next time you continue at/);
});

test.serial('c cancels what runs as well', async t => {
	const loop = openTalk({args: ['--replay'], home: beforeBuild()});
	await loop.asked();
	loop.say('');
	await loop.asked();
	loop.say('play');
	await loop.waitFor('left: part 1 of 6');
	loop.say('c');
	t.regex(await loop.asked(), /The command was cancelled after/);
	loop.end();
	t.is(await loop.exited, 0);
});

test.serial('ctrl-d leaves as a learner does', async t => {
	const terminal = openPlain();
	await terminal.waitFor('1 start');
	terminal.press('\u0004');
	await terminal.waitFor(`Next time you continue at “${title}”.`);
	t.is((await terminal.exited).exitCode, 0);
});

test.serial('a signal ends it when nobody is there to be asked', async t => {
	const loop = openTalk({args: ['--replay'], home: beforeBuild()});
	await loop.asked();
	loop.kill('SIGINT');
	t.is(await loop.exited, 130);
	t.regex(loop.text(), /Next time you continue at/);
});

test.serial('input that ends while a command runs waits for its end', async t => {
	const loop = openTalk({args: ['--replay'], home: beforeBuild()});
	await loop.asked();
	loop.say('1\n1');
	loop.end();
	t.is(await loop.exited, 0);
	t.regex(
		loop.text(),
		/passed: The stages left and right ran at the same time[\s\S]*3 of 45 steps passed|2 of 45/,
	);
});
