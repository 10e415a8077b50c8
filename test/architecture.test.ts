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
const roomsInMessages = [
	'text',
	'app',
	'doctor',
	'engine',
	'ownership',
	'pack',
	'runner',
	'storage',
	'system',
];

/** Texts in these rooms that the program says to nobody, by file, with what they are for. */
const unsaid: Record<string, {texts: RegExp; purpose: string}> = {
	'doctor/machine.ts': {texts: /THIS is no Dockerfile/, purpose: 'a builder reads it'},
	'engine/endpoint.ts': {texts: /^\{"Name":/, purpose: 'a format for the docker command'},
	'engine/image-store.ts': {
		texts: /^(?:no such image|server error|Download complete)$/,
		purpose: 'what dockerode is told, and what the engine prints',
	},
	'pack/archive.ts': {texts: /^There is no header/, purpose: 'it does not happen'},
	'storage/hashes.ts': {texts: /^link to /, purpose: 'a fingerprint of a link'},
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
