import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readWorkshop} from '../../source/app/open-workshop.js';
import {type Deck, emptyDeck, enrolKinds} from '../../source/review/schedule.js';
import {generatedItems} from '../../source/review/sources.js';
import {questionKind} from '../../source/review/workshop-questions.js';
import {findWorkshop} from '../../source/storage/workshop-files.js';
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

/** A home in which a question of the shipped workshop, and one of a workshop that is gone, are due. */
const homeWithQuestions = () => {
	const home = temporaryFolder();
	const step = readWorkshop(findWorkshop('multi-stage').folder)
		.chapters.flatMap(({steps}) => steps)
		.find(({question}) => question?.asks === 'choice');
	if (!step) throw new Error('no question');
	const kind = questionKind('multi-stage', step);
	const kinds = [kind, questionKind('/gone', step), ...generatedItems.kinds];
	mkdirSync(state(home), {recursive: true});
	const long = Date.now() - 30 * 86_400_000;
	writeFileSync(deckFile(home), JSON.stringify(enrolKinds(emptyDeck, kinds, long)));
	return {home, step, kind};
};

test.serial('a question that was answered in a workshop comes back, first', async t => {
	const {home, step, kind} = homeWithQuestions();
	const before = readDeck(home).cards[kind]?.due ?? '';
	const {stdout, stderr} = await runHere(['review', '--replay'], {home, stdin: '1\n\n\n\n\n\n'});
	t.true(stdout.includes(`Review: question 1 of 5\n\n${step.title}  `), stdout + stderr);
	t.is(stdout.split(step.title).length, 2, 'that of the workshop that is gone is left out');
	t.regex(stdout, /^[\s\S]{1,3}(?:Right|Not quite)\./m);
	t.true((readDeck(home).cards[kind]?.due ?? '') > before);
});

test.serial('damaged days are kept aside, and it says so', async t => {
	const home = temporaryFolder();
	mkdirSync(state(home), {recursive: true});
	writeFileSync(deckFile(home), '{"format": 1, "cards": {"ports": 5}}');
	const {stdout, stderr} = await runHere(['review', '--replay'], {home, stdin: '1\n\n\n\n\n'});
	t.regex(stderr, /^The days of your reviews are damaged or from another version: they are kept as /m);
	t.regex(stdout, /Review: question 5 of 5/);
	t.deepEqual(Object.keys(readDeck(home).cards), ['stages']);
	const [aside = ''] = readdirSync(state(home)).filter(name => name.startsWith('review.json.broken-'));
	t.is(readFileSync(path.join(state(home), aside), 'utf8'), '{"format": 1, "cards": {"ports": 5}}');
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
