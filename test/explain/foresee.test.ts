import test from 'ava';
import {foreseeChange, inWords, type Project} from './foresee-project.js';

const dockerfile = (...lines: string[]): string => lines.join('\n');

const foresees = test.macro((t, before: Project, change: Partial<Project>, expected: string[]) => {
	t.deepEqual(inWords(foreseeChange(before, {...before, ...change})), expected);
});

const simple: Project = {
	dockerfile: dockerfile('FROM a', 'WORKDIR /w', 'COPY go.mod ./', 'RUN get', 'COPY src src', 'RUN make'),
	files: {'go.mod': 'one', 'src/a.go': 'two', 'src/b.go': 'three', 'readme.md': 'four'},
};
const files = (changed: Project['files']) => ({files: {...simple.files, ...changed}});
const all = ['2 cached', '3 cached', '4 cached', '5 cached', '6 cached'];
const fromSource = ['2 cached', '3 cached', '4 cached', '5 runs files', '6 runs earlier'];

test('nothing has changed', foresees, simple, {}, all);
test('the content of a file', foresees, simple, files({'src/a.go': 'other'}), fromSource);
test('the mode of a file', foresees, simple, files({'src/a.go': {text: 'two', mode: 0o755}}), fromSource);
test(
	'the mode of a folder that BuildKit has received before',
	foresees,
	simple,
	files({src: {mode: 0o700}}),
	all,
);
test('a folder in place of a file', foresees, simple, files({'src/a.go': {mode: 0o644}}), fromSource);
test('a new folder, even if it is empty', foresees, simple, files({'src/new': {mode: 0o755}}), fromSource);
test('a new file', foresees, simple, files({'src/c.go': ''}), fromSource);
test('a file that nothing reads', foresees, simple, files({'readme.md': 'other'}), all);
test('an early file runs all after it', foresees, simple, files({'go.mod': 'other'}), [
	'2 cached',
	'3 runs files',
	...['4', '5', '6'].map(line => `${line} runs earlier`),
]);
test(
	'comments, blank lines, and blanks between words of a COPY',
	foresees,
	simple,
	{
		dockerfile: dockerfile(
			'# hello',
			'FROM a',
			'',
			'WORKDIR /w',
			'COPY   go.mod \\',
			'  # hello',
			'  ./',
			'RUN get',
			'COPY src/ ./src',
			'RUN make',
		),
	},
	['4 cached', '5 cached', '8 cached', '9 cached', '10 cached'],
);
test(
	'a changed instruction',
	foresees,
	simple,
	{dockerfile: simple.dockerfile.replace('RUN get', 'RUN get -v')},
	['2 cached', '3 cached', '4 runs instruction', '5 runs earlier', '6 runs earlier'],
);
test(
	'an added instruction',
	foresees,
	simple,
	{dockerfile: simple.dockerfile.replace('RUN get', 'RUN before\nRUN get')},
	['2 cached', '3 cached', '4 runs new', '5 runs earlier', '6 runs earlier', '7 runs earlier'],
);
test('a removed instruction', foresees, simple, {dockerfile: simple.dockerfile.replace('RUN get\n', '')}, [
	'2 cached',
	'3 cached',
	'4 runs removed',
	'5 runs earlier',
]);
test(
	'a renamed folder that has the same last name and the same files',
	foresees,
	{dockerfile: 'FROM a\nCOPY one/x /x', files: {'one/x/f': '1'}},
	{dockerfile: 'FROM a\nCOPY two/x /x', files: {'two/x/f': '1'}},
	['2 cached'],
);

const withArgument = {
	dockerfile: dockerfile('FROM a', 'RUN one', 'ARG V=1', 'COPY f /f', 'RUN two', `COPY f /\${V}`),
	files: {f: ''},
};
test('an argument counts for a RUN after it', foresees, withArgument, {args: {V: '2'}}, [
	'2 cached',
	'4 cached',
	'5 runs arguments',
	'6 runs earlier',
]);
test('an argument that nothing declares', foresees, withArgument, {args: {W: '2'}}, [
	'2 cached',
	'4 cached',
	'5 cached',
	'6 cached',
]);
test(
	'an argument that a COPY uses',
	foresees,
	{dockerfile: `FROM a\nARG V=1\nCOPY f /\${V}`, files: {f: ''}},
	{args: {V: '2'}},
	['3 runs arguments'],
);
test(
	'variables, the folder, the user and the shell count for what is after them',
	foresees,
	{dockerfile: 'FROM a\nENV A=1\nRUN one\nFROM b\nUSER u\nRUN two\nCOPY --from=0 x y', files: {}},
	{dockerfile: 'FROM a\nENV A=2\nRUN one\nFROM b\nUSER v\nRUN two\nCOPY --from=0 x y'},
	['3 runs settings', '6 runs settings', '7 runs earlier'],
);
test(
	'what only describes the image',
	foresees,
	{dockerfile: 'FROM a\nCMD x\nRUN one'},
	{dockerfile: 'FROM a\nLABEL a=b\nEXPOSE 80\nCMD y\nRUN one'},
	['5 cached'],
);

const copied: Project = {
	dockerfile: dockerfile(
		'FROM a AS build',
		'COPY src /src',
		'RUN make',
		'FROM b',
		'COPY --from=build /x /x',
		'RUN last',
	),
	files: {'src/a': '1'},
};
test(
	'files of a stage that runs again are known only after the build',
	foresees,
	copied,
	{files: {'src/a': '2'}},
	['2 runs files', '3 runs earlier', '5 depends origin', '6 depends earlier'],
);
test(
	'a base image that has changed',
	foresees,
	{...copied, images: {a: '1', b: '1'}},
	{images: {a: '1', b: '2'}},
	['2 cached', '3 cached', '5 runs base-image', '6 runs earlier'],
);
test('a base image that no engine shows now', foresees, {...copied, images: {a: '1'}}, {images: {}}, [
	'2 cached',
	'3 cached',
	'5 cached',
	'6 cached',
]);
const linked = {
	dockerfile: dockerfile('FROM a', 'RUN one', 'COPY --link top /', 'RUN two', 'COPY --link=true top /x'),
	files: {top: '1'},
};
for (const [title, mergesLayers, change, expected] of [
	[
		'where layers are merged, COPY --link may not depend on what is before it',
		true,
		{dockerfile: linked.dockerfile.replace('one', '1')},
		['2 runs instruction', '3 depends earlier', '4 runs earlier', '5 depends earlier'],
	],
	[
		'where they are not, it is a COPY like any other',
		false,
		{dockerfile: linked.dockerfile.replace('one', '1')},
		['2 runs instruction', '3 runs earlier', '4 runs earlier', '5 runs earlier'],
	],
	[
		'what comes behind COPY --link depends on its files',
		true,
		{files: {top: '2'}},
		['2 cached', '3 runs files', '4 runs earlier', '5 runs files'],
	],
] as const)
	test(title, foresees, {...linked, mergesLayers}, {...change, mergesLayers}, [...expected]);

for (const [title, context, images, expected] of [
	['a further build context may have changed', './x', {}, ['5 depends origin', '6 depends earlier']],
	['an image in place of a stage has not changed', 'docker-image://i', {i: '1'}, ['5 cached', '6 cached']],
	[
		'an image in place of a stage has changed',
		'docker-image://i',
		{i: '2'},
		['5 depends origin', '6 depends earlier'],
	],
] as const)
	test(
		title,
		foresees,
		{...copied, contexts: {Build: context}, images: {...('i' in images && {i: '1'})}},
		{contexts: {Build: context}, images},
		[...expected],
	);
test(
	'another name after FROM',
	foresees,
	copied,
	{dockerfile: copied.dockerfile.replace('FROM b', 'FROM c')},
	['2 cached', '3 cached', '5 runs base-image', '6 runs earlier'],
);
test(
	'a stage that starts from one that runs again',
	foresees,
	{dockerfile: 'FROM a AS x\nRUN 1\nFROM x\nRUN 2'},
	{dockerfile: 'FROM a AS x\nRUN 3\nFROM x\nRUN 2'},
	['2 runs instruction', '4 runs base-stage'],
);
test('what a target does not need', foresees, copied, {target: 'build'}, ['2 cached', '3 cached']);
test(
	'a heredoc is part of its instruction',
	foresees,
	{dockerfile: 'FROM a\nRUN <<EOF\none\nEOF\nCOPY <<EOF /f\ntext\nEOF'},
	{dockerfile: 'FROM a\nRUN <<EOF\none\nEOF\nCOPY <<EOF /f\nother\nEOF'},
	['2 cached', '5 runs instruction'],
);
test(
	'a bind mount reads the build context',
	foresees,
	{dockerfile: 'FROM a\nRUN --mount=type=bind,source=src,target=/s make', files: {'src/a': '1', b: ''}},
	{files: {'src/a': '2', b: ''}},
	['2 runs files'],
);
test(
	'an address may return something else',
	foresees,
	{dockerfile: 'FROM a\nADD https://x.example/y /y\nRUN z'},
	{},
	['2 depends origin', '3 depends earlier'],
);
test(
	'an address with a checksum may not',
	foresees,
	{dockerfile: 'FROM a\nADD --checksum=sha256:0 https://x.example/y /y'},
	{},
	['2 cached'],
);
test(
	'the names that match a pattern count',
	foresees,
	{dockerfile: 'FROM a\nCOPY *.txt /t/', files: {'a.txt': '1', 'b.txt': '2'}},
	{files: {'a.txt': '1', 'c.txt': '2'}},
	['2 runs files'],
);
test(
	'a link in a folder counts by where it leads',
	foresees,
	{dockerfile: 'FROM a\nCOPY d /d', files: {'d/l': {link: '../f'}, f: '1'}},
	{files: {'d/l': {link: '../f'}, f: '2'}},
	['2 cached'],
);
test(
	'a link as a source counts by what is there',
	foresees,
	{dockerfile: 'FROM a\nCOPY l /d', files: {l: {link: 'f'}, f: '1'}},
	{files: {l: {link: 'f'}, f: '2'}},
	['2 runs files'],
);
test(
	'files that --exclude names',
	foresees,
	{dockerfile: 'FROM a\nCOPY --exclude=*.md d /d', files: {'d/a': '1', 'd/b.md': '1'}},
	{files: {'d/a': '1', 'd/b.md': '2'}},
	['2 cached'],
);
test(
	'ONBUILD of a base stage',
	foresees,
	{dockerfile: 'FROM a AS x\nONBUILD COPY f /f\nFROM x\nRUN 1', files: {f: '1'}},
	{files: {f: '2'}},
	['2 runs files', '4 runs earlier'],
);

test('each changed file is named, with what has changed', t => {
	const before: Project = {
		dockerfile: 'FROM a\nCOPY . .',
		files: {a: '1', b: '1', c: '1', 'd/e': '1', l: {link: 'a'}},
	};
	const after: Project = {
		...before,
		files: {a: '2', b: {text: '1', mode: 0o600}, f: '1', 'd/e': '1', l: {link: 'b'}},
	};
	const [copy] = foreseeChange(before, after);
	t.deepEqual(copy?.reason, {
		because: 'files',
		changes: [
			{path: 'a', change: 'content'},
			{path: 'b', change: 'mode'},
			{path: 'c', change: 'removed'},
			{path: 'f', change: 'new'},
			{path: 'l', change: 'content'},
		],
	});
});
