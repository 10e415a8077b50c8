import test from 'ava';
import {toMarkdown} from 'mdast-util-to-markdown';
import {selectSteps} from '../../source/session/select.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import type {Step} from '../../source/workshop/model.js';
import {insertShownFiles, listShownFiles} from '../../source/workshop/shown-files.js';
import {sampleState} from '../tui/sample-state.js';

const files: Record<string, string> = {
	'app/a': 'one\ntwo\n\nfour\n',
	'app/windows': 'one\r\ntwo\r\n',
	'app/empty': '',
};

const shows = test.macro({
	exec(t, mark: string, expected: string) {
		const text = parseMarkdown(`Before.\n\n${mark}\n\nAfter.`);
		const shown = insertShownFiles(text, path => files[path] ?? null);
		t.is(toMarkdown(shown), `Before.\n\n${expected}\n\nAfter.\n`);
	},
	title: (_, mark) => `${mark}`,
});

test(shows, '<!-- show: app/a -->', '`app/a`:\n\n```\none\ntwo\n\nfour\n```');
test(shows, '<!-- show: app/a:2 -->', '`app/a`, line 2:\n\n```\ntwo\n```');
test(shows, '<!-- show: app/a:2-4 -->', '`app/a`, lines 2 to 4:\n\n```\ntwo\n\nfour\n```');
test(
	'a file that has become shorter',
	shows,
	'<!-- show: app/a:4-9 -->',
	'`app/a`, lines 4 to 9:\n\n```\nfour\n```',
);
test(shows, '<!-- show: app/windows:1-2 -->', '`app/windows`, lines 1 to 2:\n\n```\none\ntwo\n```');
test(shows, '<!-- show: app/empty -->', '`app/empty`:\n\n```\n```');
test(shows, '<!-- show: app/none -->', '`app/none` is not in the lab folder.');
test('any other comment stays', shows, '<!-- showing: app/a -->', '<!-- showing: app/a -->');

test('a step shows files in its text, its hints, its solution, and afterwards', t => {
	const show = (file: string) => parseMarkdown(`<!-- show: ${file} -->`);
	const [sample] = selectSteps(sampleState());
	const step = {
		...(sample as Step),
		body: show('a'),
		hints: [show('b')],
		fittingHints: [{findings: ['c'], content: show('c')}],
		solution: show('d'),
		afterwards: show('e'),
	};
	t.deepEqual(listShownFiles(step), ['a', 'b', 'c', 'd', 'e']);
	t.deepEqual(listShownFiles({...step, solution: null, afterwards: null}), ['a', 'b', 'c']);
});
