import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {walk} from '../tools/walk.js';
import {writeFiles} from '../tools/write-files.js';
import {cellsOf} from '../tui/cells-of.js';

type Size = {columns: number; rows: number};

const sizes: Size[] = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 50, rows: 14},
];

/** Makes the program draw all of its screen on an empty one, and compares the cells with those before. */
const isClean = async (t: ExecutionContext, terminal: TestTerminal, size: Size): Promise<void> => {
	const before = cellsOf(terminal, size);
	const erasures = terminal.erasures();
	terminal.kill('SIGWINCH');
	await terminal.waitUntil(
		rows => terminal.erasures() > erasures && rows.join('').trim() !== '',
		'a frame that was drawn anew',
	);
	t.deepEqual(before, cellsOf(terminal, size));
};

const longText =
	'A sentence which reaches far to the right side of the screen, beyond what stands in its place. ';

/** A workshop that does not come with the program. */
const strangers = (): string => {
	const folder = path.join(temporaryFolder(), 'course');
	writeFiles(folder, {
		'workshop.md': `---
format: 1
id: course
title: A stranger’s workshop
minutes: 1
images: []
contexts: []
---

${`${longText.repeat(3)}\n\n`.repeat(3)}`,
		'01-one.md': `# One

## Build it

<!-- step
id: build
kind: run
-->

Build it.

\`\`\`sh run
docker build -t greeting ./app
\`\`\`
`,
	});
	return folder;
};

for (const size of sampleOf(sizes, 1)) {
	const {columns, rows} = size;
	test.serial(`the question of trust stands alone on the first frame at ${columns}×${rows}`, async t => {
		const terminal = openTerminal({args: [strangers()], ...size, env: {PATH: '/nowhere'}});
		await terminal.waitFor('Do you trust it?');
		t.notRegex(terminal.screen().join('\n'), /reaches far/);
		await terminal.waitFor('no engine');
		t.notRegex(terminal.screen().join('\n'), /reaches far/);
		await isClean(t, terminal, size);
		terminal.press('q');
		await terminal.exited;
	});

	test.serial(`no page keeps a cell of the one before at ${columns}×${rows}`, async t => {
		const terminal = openTerminal({args: ['--replay'], ...size, env: {PATH: '/nowhere'}});
		const press = async (key: string, shows: string | RegExp, now = size) => {
			terminal.press(key);
			await terminal.waitFor(shows);
			await isClean(t, terminal, now);
		};
		await terminal.waitFor('RECORDED');
		await isClean(t, terminal, size);
		await press('?', 'enter back');
		await press(keys.escape, 'enter start');
		await press('g', 'enter go there');
		await press(keys.down, '▸ ○ Build it in two stages');
		await press(keys.escape, 'enter start');
		await walk(terminal, /Build it[\s\S]*enter play/);
		await isClean(t, terminal, size);
		terminal.press(keys.enter);
		await terminal.waitFor('enter next step');
		await isClean(t, terminal, size);
		await press('l', 'esc back');
		await press(keys.escape, 'enter next step');
		await press('h', /Hint/);
		await press(':', 'esc');
		await press(keys.escape, 'enter next step');
		const resize = async (now: Size, shows: string) => {
			terminal.resize(now.columns, now.rows);
			await terminal.waitUntil(
				seen =>
					seen[0]?.trimEnd().length === now.columns - 1 &&
					seen[now.rows - 2]?.startsWith(` ${shows}`) === true,
				`“${shows}” in the last row but one`,
			);
			await isClean(t, terminal, now);
		};
		const narrower = {columns: columns - 7, rows};
		await resize(narrower, 'enter next step');
		await resize(size, 'enter next step');
		const lower = {columns, rows: rows - 1};
		await resize(lower, 'enter next step');
		const other = {columns: 101, rows: 20};
		await resize(other, 'enter next step');
		await press('z', 'z back', other);
		await press('?', 'enter back', other);
		await resize(size, 'enter back');
		await press(keys.escape, 'z back');
		await press('z', 'enter next step');
		await press('q', 'Leave the workshop?');
		terminal.press('y');
		await terminal.exited;
	});
}
