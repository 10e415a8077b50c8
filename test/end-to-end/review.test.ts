import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {type Deck, emptyDeck, enrolKinds} from '../../source/review/schedule.js';
import {generatedItems} from '../../source/review/sources.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runHere} from '../tools/run-here.js';
import {keys, openTerminal} from '../tools/terminal.js';

const state = (home: string) => path.join(home, '.local', 'state', 'multistage-workshop');
const deckFile = (home: string) => path.join(state(home), 'review.json');
const readDeck = (home: string): Deck => JSON.parse(readFileSync(deckFile(home), 'utf8'));

test.serial('five questions are asked; those without an answer stay due', async t => {
	const home = temporaryFolder();
	for (let times = 0; times < 2; times++) {
		const {stdout, exitCode} = await runHere(['review', '--replay'], {home, stdin: '\n\n\n\n\n'});
		t.is(exitCode, 0);
		t.is(stdout.match(/Review: question \d of 5/g)?.length, 5);
		t.is(stdout.match(/^Not answered\.$/gm)?.length, 5);
		t.regex(stdout, /Nothing was answered\.\nMore questions are due/);
	}
});

test.serial('an answer is explained, and its kind is due on another day', async t => {
	const home = temporaryFolder();
	const {stdout} = await runHere(['review', '--replay'], {home, stdin: '7\n1\n\n\n\n\n'});
	t.regex(stdout, /`?7`? is not one of the answers\./);
	t.regex(stdout, /^(?:Right|Not quite)\. \S/m);
	t.regex(stdout, /^[01] of 1 answer right\.$/m);
	t.deepEqual(Object.keys(readDeck(home).cards), ['stages']);
	const again = await runHere(['review', '--replay'], {home, stdin: '\n\n\n\n\n'});
	t.notRegex(again.stdout, /Which stages does this build run with BuildKit/);
});

test.serial('nothing is asked before it is due', async t => {
	const home = temporaryFolder();
	mkdirSync(state(home), {recursive: true});
	writeFileSync(deckFile(home), JSON.stringify(enrolKinds(emptyDeck, generatedItems.kinds, Date.now())));
	const {stdout, exitCode} = await runHere(['review'], {home});
	t.is(stdout, 'No question is due; the next review is due in 3 days.\n');
	t.is(exitCode, 0);
});

test.serial('on the screen, a number and enter answer, and escape leaves', async t => {
	const terminal = openTerminal({args: ['review', '--replay'], columns: 80, rows: 24});
	await terminal.waitFor('Type a number from 1 to');
	terminal.press('1');
	await terminal.waitFor('> 1');
	terminal.press(keys.enter);
	await terminal.waitFor('Enter goes on.');
	await terminal.waitFor(/Right\.|The right answer:/);
	terminal.press(keys.enter);
	await terminal.waitFor('{{?}}');
	terminal.press(`docker${keys.backspace}`);
	await terminal.waitFor('> docke');
	terminal.press(keys.pageUp);
	await terminal.waitFor('Review: question 2 of 5');
	terminal.press(keys.escape);
	t.deepEqual(await terminal.exited, {exitCode: 0, signal: 0});
	t.regex([...terminal.scrollback(), ...terminal.screen()].join('\n'), /[01] of 1 answer right\./);
	t.deepEqual(Object.keys(readDeck(terminal.home).cards), ['stages']);
});

test.serial('ctrl-c leaves, too', async t => {
	const terminal = openTerminal({args: ['review', '--replay']});
	await terminal.waitFor('question 1 of 5');
	terminal.press(keys.ctrlC);
	t.deepEqual(await terminal.exited, {exitCode: 0, signal: 0});
});
