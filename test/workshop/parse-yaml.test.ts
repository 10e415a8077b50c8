import test from 'ava';
import * as v from 'valibot';
import {parseYaml} from '../../source/workshop/parse-yaml.js';

const problemsOf = (text: string): string[] => {
	const problems: string[] = [];
	parseYaml(text, v.any(), (message, place) => problems.push(`${place?.line}:${place?.column} ${message}`));
	return problems;
};

const key = 'this key needs a colon and a space after it, as in `id: first-step`';
const indented = 'this line is not indented like the lines that it belongs to';
const colon = 'a text with `: ` in it must be quoted';
const ended = "the quoted text ended before this: put all of it in `'…'`, and double each `'` in it";
const opened = 'a text that begins with a bracket or `*` must be quoted';

const slips: Array<[slip: string, text: string, problem: string]> = [
	['a colon in a text', 'id: a\nhint: Say this: that\n', `2:7 ${colon}`],
	['a colon in a text of a list', 'has:\n  - Say this: that: more\n', `2:15 ${colon}`],
	['a line too far to the right', 'id: a\n  kind: run\n', '1:5 the line below is indented too far'],
	['a line too far to the left', 'checks:\n  - check: exit\n is: 0\n', `3:1 ${indented}`],
	['a key that is not below the first', 'checks:\n  - check: exit\n   is: 0\n', `3:1 ${indented}`],
	['a first line that is indented', '  id: a\nkind: run\n', `2:1 ${indented}`],
	['no colon at the beginning', 'id first\nkind: run\n', `1:1 ${key}`],
	['no colon at the end', 'id: first\nkind run\n', `2:1 ${key}`],
	['no space after a colon', 'id:first\nkind: run\n', `1:1 ${key}`],
	['a tab', 'checks:\n\t- check: exit\n', '2:1 indent lines with spaces, not with tabs'],
	['a double quote that is not closed', 'id: a\nhint: "Say\nkind: run\n', '2:7 this text has no closing `"`'],
	['a quote that is not closed', "id: a\nhint: 'Say\nkind: run\n", "2:7 this text has no closing `'`"],
	['an apostrophe in quotes', "hint: 'it's here'\n", `1:11 ${ended}`],
	['words behind quotes', 'hint: "a" and b\n', `1:11 ${ended}`],
	[
		'a backslash in double quotes',
		'has: "\\d+"\n',
		'1:7 write a backslash twice in `"…"`, and once in `\'…\'`',
	],
	['a list that is not closed', 'has: [a, b\nkind: run\n', '2:1 the closing `]` is missing before this line'],
	['keys that are not closed', 'x: {a: 1\n', '2:1 the closing `}` is missing before this line'],
	['a text that begins with a bracket', 'has: [a-z]+\n', `1:11 ${opened}`],
	['a text that begins with a star', 'hint: *all is\n', `1:12 ${opened}`],
	[
		'a text that begins with a backtick',
		'hint: `docker` is\n',
		'1:7 a text that begins with ` must be quoted',
	],
	['a text that begins with !', 'hint: !important\n', '1:7 a text that begins with ! must be quoted'],
	['a key twice', 'a: b\na: c\n', '2:1 this key is repeated'],
	['a line of dashes', 'a: b\n---\nc: d\n', '2:1 a line of `---` ends the YAML, and can’t be part of it'],
	['a text behind a bar', 'a: | text\n', '1:6 after `|` or `>`, the text must begin on the next line'],
	['two commas', 'has: [a,,b]\n', '1:9 Unexpected , in flow sequence'],
];
for (const [slip, text, problem] of slips)
	test(`what to write is told of ${slip}`, t => {
		t.deepEqual(problemsOf(text), [problem]);
	});

test('slips in different lines are told together', t => {
	t.deepEqual(problemsOf('a: `x`\nb: c\nd: e: f\n'), [
		'1:4 a text that begins with ` must be quoted',
		`3:4 ${colon}`,
	]);
});
