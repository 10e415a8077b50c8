import {readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {deep} from '../tools/deep.js';
import {settled} from '../tools/settled.js';
import {soundWorkshop} from '../tools/sound-workshop.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

type Author = {terminal: TestTerminal; folder: string; save(file: string, from: string, to: string): void};

/** An author who has a workshop open and an editor beside it. */
const openAuthor = (env: Record<string, string>): Author => {
	const cwd = temporaryFolder();
	const folder = path.join(cwd, 'mine');
	writeFiles(folder, soundWorkshop);
	return {
		terminal: openTerminal({args: ['./mine', '--watch', ...trust(folder)], cwd, env}),
		folder,
		save(file, from, to) {
			const text = readFileSync(path.join(folder, file), 'utf8');
			if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
			writeFileSync(
				path.join(folder, file),
				text.replace(from, () => to),
			);
		},
	};
};

const withoutEngine = {PATH: '/nowhere'};

const close = async ({terminal}: Author): Promise<void> => {
	terminal.kill('SIGTERM');
	await terminal.exited;
};

test.serial('a saved page is read again, at the place where its author is', async t => {
	const author = openAuthor(withoutEngine);
	const {terminal, folder, save} = author;
	await terminal.waitFor('A sound workshop');
	terminal.press(keys.right);
	await terminal.waitFor('Two stages.');
	terminal.press(keys.right);
	await terminal.waitFor('Press enter.');
	save('01-first.md', 'Press enter.', 'Press the key that is called enter.');
	await terminal.waitFor('Press the key that is called enter.');
	save('01-first.md', '## Build it', '## Build the image');
	await terminal.waitFor('2/2  Build the image');
	save('02-second.md', '# Second', '# Afterwards');
	save('01-first.md', '# First', '# At first');
	await terminal.waitFor('1/2 At first');
	t.regex(terminal.screen().join('\n'), /2\/2 {2}Build the image/);

	// Each time that its editor renames another file over it.
	terminal.press(keys.left);
	await terminal.waitFor('Two stages.');
	const page = path.join(folder, '01-first.md');
	const text = readFileSync(page, 'utf8');
	for (const count of ['Three', 'Four', 'Five', 'Six', 'Seven'].slice(0, deep(2, 5))) {
		writeFileSync(`${page}.new`, text.replace('Two stages.', `${count} stages.`));
		renameSync(`${page}.new`, page);
		await terminal.waitFor(`${count} stages.`);
	}
	await close(author);
});

test.serial('a page that changes under its author is told as it is, with what lint says of it', async t => {
	const author = openAuthor(withoutEngine);
	const {terminal, folder, save} = author;
	await terminal.waitFor('A sound workshop');
	terminal.press(keys.right);
	await terminal.waitFor('Two stages.');

	// A step that has gone leaves its author at the one that has its place.
	save('01-first.md', 'id: read-it', 'id: look-at-it');
	save('01-first.md', 'needs: [read-it]', 'needs: [look-at-it]');
	save('01-first.md', 'Two stages.', 'Two stages, of which one is shipped.');
	await terminal.waitFor('Two stages, of which one is shipped.');
	t.regex(terminal.screen().join('\n'), /1\/2 {2}Read it/);

	// A broken page: the last sound one stays, and the next save mends it.
	save('01-first.md', 'kind: read', 'kind: watch');
	await terminal.waitFor(/1 problem in the files\. This page still shows/);
	const rows = terminal
		.screen()
		.join('\n')
		.replace(/ *│.*\n/g, ' ')
		.replace(/ +/g, ' ');
	t.regex(
		rows,
		/01-first\.md:7:1 `?kind`? must be one of read, run, builder, challenge, question, blank, repair, not watch/,
	);
	t.regex(rows, /Two stages, of which one is shipped\./);
	save('01-first.md', 'kind: watch', 'kind: read');
	await terminal.waitUntil(shown => !shown.join('\n').includes('in the files.'), 'a page without problems');

	// What does not keep the pages from being read is said above the new page.
	writeFileSync(path.join(folder, 'notes.txt'), '');
	save('01-first.md', 'Two stages, of which one is shipped.', 'Two of them.');
	await terminal.waitFor('Two of them.');
	await terminal.waitFor('notes.txt:1:1');
	t.false(terminal.screen().join('\n').includes('still shows what'));
	// What an editor leaves for a moment is no stray file.
	rmSync(path.join(folder, 'notes.txt'));
	writeFileSync(path.join(folder, '.01-first.md.swp'), '');
	await terminal.waitUntil(shown => !shown.join('\n').includes('in the files.'), 'a page without problems');
	await close(author);
});

engineTests((engineTest, name) => {
	if (name !== '26') return;

	engineTest(
		'text that changes runs on, a changed Dockerfile is asked about and then built',
		async (t, {env, docker}) => {
			const author = openAuthor(env);
			const {terminal, save} = author;
			await terminal.waitFor(/engine \d/);
			terminal.press(keys.enter);
			await terminal.waitFor('Two stages.');
			terminal.press(keys.enter);
			await terminal.waitFor('Press enter.');
			save('01-first.md', 'Press enter.', 'Press it.');
			await terminal.waitFor('Press it.');
			terminal.press(keys.enter);
			await terminal.waitFor('passed:', 60_000);

			save('app/Dockerfile', 'echo hello', 'echo other words');
			terminal.press('a');
			await terminal.waitFor('Do you trust it?');
			// A busy engine may lose what a container prints that ends at once: empty is no answer.
			const words = () => docker('run', '--rm', 'app', 'cat', '/words.txt');
			t.is(await settled(words, Boolean), 'hello');
			terminal.press('y');
			t.is(await settled(words, text => text === 'other words'), 'other words');
			await terminal.waitFor('passed:');

			// A command that is new is asked about too, and shown.
			save('01-first.md', '-t app', '-t app:again');
			await terminal.waitFor('docker build -t app:again');
			terminal.press('a');
			await terminal.waitFor('Do you trust it?');
			t.regex(terminal.screen().join('\n'), /"docker", "build", "-t", "app:again", "--target", "words"/);
			terminal.press(keys.enter);
			await terminal.waitFor('Nothing runs until you say');
			t.is(await docker('image', 'ls', '-q', 'app:again'), '');
			await close(author);
			await docker('rmi', '-f', 'app');
		},
	);
});
