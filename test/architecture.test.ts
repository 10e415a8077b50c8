import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {findSentences} from './tools/sentences.js';

test('only `Lines`, which cuts every line, hands text to Ink', async t => {
	const files = (await readdir('source/tui', {recursive: true})).filter(file => file.endsWith('.tsx'));
	const texts = await Promise.all(
		files.map(async file =>
			/<Text\b/.test(await readFile(path.join('source/tui', file), 'utf8')) ? file : null,
		),
	);
	t.deepEqual(
		texts.filter(file => file !== null),
		[path.join('components', 'lines.tsx')],
	);
});

test('tests that start programs wait for each other within their file', async t => {
	for (const folder of ['end-to-end', 'engine', 'runner']) {
		for (const file of await readdir(path.join('test', folder), {recursive: true})) {
			if (!file.endsWith('.test.ts')) continue;
			const text = await readFile(path.join('test', folder, file), 'utf8');
			t.notRegex(text, /^\s*test\(/m, `${folder}/${file}`);
		}
	}
});

/** Rooms whose sentences all stand in `source/messages`. */
const roomsInMessages = ['text', 'view', 'tui', 'plain', 'report'];

/** Texts in these rooms that the program says to nobody, by file, with what they are for. */
const unsaid: Record<string, {texts: RegExp; purpose: string}> = {
	'view/keymap.ts': {texts: /^[a-z]+ ctrl-[a-z]$/, purpose: 'keys'},
	'tui/keymap/key-names.ts': {texts: /^page (?:up|down)$/, purpose: 'keys, as they are written on them'},
	'tui/text/render-context.ts': {texts: /^This component must/, purpose: 'it does not happen'},
	'report/report-html.ts': {texts: /^light dark$|^<!doctype|^\n:root/, purpose: 'HTML and CSS'},
};

test('what the program says stands in `source/messages`', t => {
	const said = roomsInMessages.flatMap(room =>
		findSentences(`source/${room}`).map(({file, text}) => ({file: `${room}/${file}`, text})),
	);
	t.deepEqual(
		said.filter(({file, text}) => !unsaid[file]?.texts.test(text)),
		[],
	);
});
