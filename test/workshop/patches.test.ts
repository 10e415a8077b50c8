import test from 'ava';
import type {FilePatch} from '../../source/workshop/model.js';
import {isOnlyPatched, patchText, patchTexts, readPatches} from '../../source/workshop/patches.js';

/** A diff of `app/Dockerfile` with one hunk, whose line counts are right. */
const diffOf = (...lines: string[]): string => {
	const count = (sign: string) => lines.filter(line => line.startsWith(sign) || !/^[-+]/.test(line)).length;
	return [
		'--- app/Dockerfile',
		'+++ app/Dockerfile',
		`@@ -1,${count('-')} +1,${count('+')} @@`,
		...lines,
	].join('\n');
};
const patchOf = (...lines: string[]): FilePatch => {
	const [patch] = readPatches(diffOf(...lines)) ?? [];
	if (!patch) throw new Error(diffOf(...lines));
	return patch;
};

const reads = test.macro((t, diff: string, files: string[] | null) => {
	t.deepEqual(readPatches(diff)?.map(({file}) => file) ?? null, files);
});

const gitDiff = `diff --git a/app/Dockerfile b/app/Dockerfile
index 18d4ee0..c1b4a0f 100644
--- a/app/Dockerfile
+++ b/app/Dockerfile
@@ -1 +1 @@
-FROM alpine
+FROM debian`;
test('one file', reads, diffOf('-a', '+b'), ['app/Dockerfile']);
test('two files', reads, `${diffOf('-a', '+b')}\n${diffOf('-a', '+b').replaceAll('Dockerfile', 'x')}`, [
	'app/Dockerfile',
	'app/x',
]);
test('a diff as Git writes it', reads, gitDiff, ['app/Dockerfile']);
test('no diff', reads, 'FROM alpine', null);
test('a diff without hunks', reads, '--- app/Dockerfile\n+++ app/Dockerfile', null);
test('a hunk without file', reads, '@@ -1 +1 @@\n-a\n+b', null);
test('a hunk with other lines than it says', reads, diffOf('-a', '+b').replace('+1,1', '+1,2'), null);
test('a new file', reads, diffOf('-a', '+b').replace('--- app/Dockerfile', '--- /dev/null'), null);
test('a removed file', reads, diffOf('-a', '+b').replace('+++ app/Dockerfile', '+++ /dev/null'), null);
test('a renamed file', reads, diffOf('-a', '+b').replace('+++ app/Dockerfile', '+++ app/x'), null);

const text = 'FROM alpine\nRUN a\nRUN b\nCMD c\n';
const cases: Array<[title: string, patch: FilePatch, before: string, after: string | null]> = [
	['an added line', patchOf(' RUN a', '+RUN new', ' RUN b'), text, text.replace('b', 'new\nRUN b')],
	['a line at the end', patchOf(' CMD c', '+USER d'), text, `${text}USER d\n`],
	['a line that goes', patchOf(' RUN a', '-RUN b', ' CMD c'), text, text.replace('RUN b\n', '')],
	['a line at the end that goes', patchOf(' RUN b', '-CMD c'), text, text.replace('CMD c\n', '')],
	['a changed line', patchOf('-RUN a', '+RUN new'), text, text.replace('a\n', 'new\n')],
	[
		'lines that have moved',
		patchOf('-RUN a', '+RUN new'),
		`# mine\n${text}`,
		`# mine\n${text}`.replace('RUN a', 'RUN new'),
	],
	['lines with Windows line endings', patchOf('-RUN a', '+RUN new'), 'RUN a\r\n', 'RUN new\r\n'],
	['lines that are not there', patchOf('-RUN other', '+RUN new'), text, null],
];
for (const [title, patch, before, after] of cases)
	test(`${title}: a patch fits once, and changes nothing the second time`, t => {
		t.is(patchText(before, patch), after);
		if (after !== null) {
			t.is(patchText(after, patch), after);
			t.true(isOnlyPatched(after, before, [patch]));
			t.false(isOnlyPatched(`${after}# mine\n`, before, [patch]));
		}
	});

/** Each changes the same line, so that none fits without the one before it. */
const chain = [
	['a', 'b'],
	['b', 'c'],
	['c', 'd'],
].map(([from, to]) => patchOf(`-RUN ${from}`, `+RUN ${to}`));

const brings = test.macro((t, step: number, now: string, after: string | null) => {
	const {texts, unfit} = patchTexts(chain.slice(step, step + 1), {
		before: chain.slice(0, step),
		all: chain,
		read: () => now,
		readOriginal: () => 'RUN a\n',
	});
	t.is(texts.get('app/Dockerfile') ?? null, after);
	t.deepEqual(unfit, after === null ? ['app/Dockerfile'] : []);
});

test('the next step changes what the one before it left', brings, 1, 'RUN b\n', 'RUN c\n');
test('after skipped steps, their changes are made too', brings, 2, 'RUN a\n', 'RUN d\n');
test('going back takes back the changes of later steps', brings, 0, 'RUN d\n', 'RUN b\n');
test('what the learner has added elsewhere stays', brings, 1, 'RUN b\n# mine\n', 'RUN c\n# mine\n');
test('a line that the learner has changed fits nothing', brings, 1, 'RUN mine\n', null);
test(
	'nothing is skipped or taken back in a file that the learner has changed',
	brings,
	2,
	'RUN a\n# mine\n',
	null,
);

const restores = test.macro((t, before: number, now: string, after: string | null) => {
	const {texts, unfit} = patchTexts([], {
		before: chain.slice(0, before),
		all: chain,
		read: () => now,
		readOriginal: () => 'RUN a\n',
	});
	t.is(texts.get('app/Dockerfile') ?? null, after);
	t.deepEqual(unfit, []);
});

test(
	'a step without patch that comes before all of them gets the original',
	restores,
	0,
	'RUN d\n',
	'RUN a\n',
);
test('a step without patch that comes after some of them gets these', restores, 2, 'RUN a\n', 'RUN c\n');
test('a step without patch leaves what the learner has changed', restores, 0, 'RUN mine\n', null);
