import test from 'ava';
import {lineWidth} from '../../source/view/line.js';
import {markdownLines} from '../../source/view/markdown-lines.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');
const linesOf = (markdown: string, columns = 30) =>
	markdownLines(parseMarkdown(markdown).children, {columns, symbols});

const sets = test.macro((t, markdown: string, expected: string[]) => {
	const lines = linesOf(markdown);
	t.deepEqual(
		lines.map(line => line.map(({text}) => text).join('')),
		expected,
	);
	t.true(lines.every(line => lineWidth(line) <= 30));
});

test(
	'paragraphs are wrapped between words',
	sets,
	'The builder only builds what the last stage needs.\n\nNext.',
	['The builder only builds what', 'the last stage needs.', '', 'Next.'],
);
test('a word longer than a line is broken', sets, `see ${'x'.repeat(40)}`, [
	`see ${'x'.repeat(26)}`,
	'x'.repeat(14),
]);
test('wide characters are measured as wide', sets, '構'.repeat(20), ['構'.repeat(15), '構'.repeat(5)]);
test('lists hang and nest', sets, '- one that goes on for more than a line\n  - inner\n- two\n\n1. a\n2. b', [
	'• one that goes on for more',
	'  than a line',
	'  • inner',
	'• two',
	'',
	'1. a',
	'2. b',
]);
test(
	'code stands behind a gutter and keeps its indentation',
	sets,
	'```sh\nif true\n\tthen echo a long line of shell\n```',
	['│ if true', '│         then echo a long', '│         line of shell'],
);
test(
	'a diff keeps its signs',
	sets,
	'```diff patch\n--- app/Dockerfile\n+++ app/Dockerfile\n@@ -1,2 +1,2 @@\n FROM alpine\n-RUN a\n+RUN  a-long-one && with-two-commands\n```',
	[
		'│ --- app/Dockerfile',
		'│ +++ app/Dockerfile',
		'│ @@ -1,2 +1,2 @@',
		'│  FROM alpine',
		'│ -RUN a',
		'│ +RUN  a-long-one &&',
		'│  with-two-commands',
	],
);
test('a callout has its word as title', sets, '> [!NOTE]\n> Nothing runs\n> before you ask.', [
	'│ NOTE',
	'│ Nothing runs before you ask.',
]);
test('a quotation without one has none', sets, '> quoted', ['│ quoted']);
test('a link is followed by its address', sets, '[here](https://a.b/c) and <https://a.b>', [
	'here <https://a.b/c> and',
	'https://a.b',
]);
test('headings and rules', sets, '### Title\n\n---', ['Title', '', '─'.repeat(30)]);
test(
	'a table is fitted into the room',
	sets,
	'| name | what it is |\n|-|-|\n| `a` | a thing with a long description |',
	['name  what it is', `────  ${'─'.repeat(24)}`, 'a     a thing with a long des…'],
);
test('comments do not show', sets, '<!-- hidden -->\n\nseen', ['seen']);
test('control sequences in a text do not reach the screen', sets, 'a\u001B[2Jb', ['ab']);

test('what can be typed, what is strong and what is a link are told apart', t => {
	t.deepEqual(linesOf('`a` **b** *c* <https://d.e>')[0], [
		{text: 'a', style: 'typed'},
		{text: ' ', style: 'plain'},
		{text: 'b', style: 'strong'},
		{text: ' ', style: 'plain'},
		{text: 'c', style: 'emphasis'},
		{text: ' ', style: 'plain'},
		{text: 'https://d.e', style: 'link'},
	]);
});

test('prose is at most 76 columns wide', t => {
	const widths = linesOf('word '.repeat(100), 200).map(lineWidth);
	t.true(Math.max(...widths) <= 76);
	t.true(Math.max(...widths) > 70);
});
