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

/** Texts that look like sentences and that we say to nobody: by `file: text`, and why. */
const textsOfTools: Array<{of: RegExp; why: string}> = [
	{of: /^session\/features\/shell\.ts: docker curl /, why: 'names of programs'},
	{of: /^text\/shell-commands\.ts: npm start --$/, why: 'a command'},
	{
		of: /^docker\/(?:answer-commands|command|verbs)\.ts: /,
		why: 'names of commands and flags, and how Docker refuses them',
	},
	{of: /: (?:buildx|class|compose|container|context|image|network|volume) [a-z]+$/, why: 'names of commands'},
	{of: /^workshop\/parse-yaml\.ts: Unexpected scalar$/, why: 'what the parser of YAML says'},
	{of: /^doctor\/machine\.ts: .*no Dockerfile/s, why: 'what a builder reads'},
	{of: /^engine\/endpoint\.ts: \{"Name":/, why: 'a format for the docker command'},
	{
		of: /^engine\/image-store\.ts: (?:no such image|server error|Download complete)$/,
		why: 'what dockerode is told, and what the engine prints',
	},
	{of: /^pack\/archive\.ts: There is no header/, why: 'it does not happen'},
	{of: /^storage\/hashes\.ts: link to /, why: 'a fingerprint'},
	{
		of: /^report\/(?:report|results|document)-html\.ts: (?:light dark$|<!doctype|\n(?::root|body|table) )/,
		why: 'HTML and CSS',
	},
	{
		of: /^explain\/suggestions\/.*: (?:… && |go mod download$|CGO_ENABLED=|npm cache clean$)/,
		why: 'commands of a Dockerfile',
	},
	{of: /^board\/board-server\.ts: </, why: 'HTML'},
	{of: /^board\/page\/.*: number extra$/, why: 'classes of CSS'},
	{
		of: /^hub\/hand-out(?:-page)?\.ts: (?:light dark$|<!doctype|\n?:root|width=|default-src |text\/|attachment|GET, HEAD|curl|Get-FileHash |node |shasum |sha256sum )/,
		why: 'HTML, CSS, headers and commands',
	},
	{of: /^tui\/text\/render-context\.ts: /, why: 'it does not happen'},
	{of: /^view\/(?:keymap|pages\/key-list-lines)\.ts: (?:[a-z]+ ctrl-[a-z]|page up|page down)$/, why: 'keys'},
	{of: /^simulate\//, why: 'what Docker and whoami would print'},
	{of: /^stages\/parsers\//, why: 'what builders print'},
	{of: /^stages\/causes\/.*: (?:exit code: |…\|: illegal option)/, why: 'what builders and shells print'},
];

test('what the program says stands in `source/messages`', t => {
	const found = findSentences('source').map(({file, text}) => `${file}: ${text}`);
	t.deepEqual(
		found.filter(text => !text.startsWith('messages/') && !textsOfTools.some(({of}) => of.test(text))),
		[],
	);
});
