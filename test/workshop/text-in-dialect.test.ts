import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {translateSentence, translateText} from '../../source/workshop/dialect.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import type {Dialect} from '../../source/workshop/model.js';

const page =
	'Ask `curl a`, not `curled`.\n\n```sh\nexport A=1\n```\n\n```text\nexport A=1\n```\n\n- `$HOME`, `unset A`';

const reads = test.macro((t, dialect: Dialect, expected: string) =>
	t.is(textOf(translateText(parseMarkdown(page), dialect)), expected),
);

test('a page for sh stays', reads, 'sh', 'Ask curl a, not curled.export A=1export A=1$HOME, unset A');
test(
	'a page for PowerShell has its commands, and nothing else is touched',
	reads,
	'powershell',
	"Ask curl.exe a, not curled.$env:A='1'export A=1$HOME, Remove-Item Env:A",
);
test('a page for cmd', reads, 'cmd', 'Ask curl a, not curled.set A=1export A=1$HOME, set A=');

test('commands in a sentence are in its dialect, its other words are not', t => {
	const sentence = 'Don’t export $HOME: `export LANG=C.UTF-8`, or `sudo usermod -aG docker $USER`.';
	t.is(translateSentence(sentence, 'sh'), sentence);
	t.is(
		translateSentence(sentence, 'powershell'),
		"Don’t export $HOME: `$env:LANG='C.UTF-8'`, or `sudo usermod -aG docker $env:USER`.",
	);
	t.is(
		translateSentence(sentence, 'cmd'),
		'Don’t export $HOME: `set LANG=C.UTF-8`, or `sudo usermod -aG docker %USER%`.',
	);
});
