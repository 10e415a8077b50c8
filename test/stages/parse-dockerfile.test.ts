import test from 'ava';
import {DockerfileError, parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import {readDockerfile} from '../tools/read-transcript.js';

const hasNeeds = test.macro((t, text: string, expected: Record<string, string[]>) => {
	const {stages} = parseDockerfile(text);
	t.deepEqual(Object.fromEntries(stages.map(({name, needs}) => [name, needs])), expected);
});

test('FROM and COPY --from need a stage', hasNeeds, readDockerfile('simple'), {
	base: [],
	build: ['base'],
	test: ['build'],
	final: ['base', 'build'],
});
test('an image is no need', hasNeeds, readDockerfile('multiline'), {
	base: [],
	'my-test.1': ['base'],
	final: ['my-test.1'],
});
test('two stages are needed in order', hasNeeds, readDockerfile('parallel'), {
	base: [],
	left: ['base'],
	right: ['base'],
	final: ['base', 'left', 'right'],
});
test(
	'a stage is needed by its number',
	hasNeeds,
	'FROM a\nFROM b AS two\nFROM c\nCOPY --link --from=0 x y\nCOPY --from=1 x y',
	{
		'stage-0': [],
		two: [],
		final: ['stage-0', 'two'],
	},
);
test(
	'names are the same in capitals',
	hasNeeds,
	'from a as Base\nFROM BASE AS next\nCOPY --from="bAsE" x y\nRUN x',
	{
		Base: [],
		next: ['Base'],
	},
);
test(
	'a mount needs a stage, an image and a word in a command do not',
	hasNeeds,
	[
		'FROM a AS one',
		'FROM b AS two',
		'FROM c AS three',
		'RUN --mount=type=cache,target=/c --mount=type=bind,from=one,target=/x --mount=from=golang:1,target=/g make',
		'RUN echo --mount=type=bind,from=two',
		'ONBUILD COPY --from=two a b',
	].join('\n'),
	{one: [], two: [], three: ['one']},
);
test(
	'an ARG in front of the first FROM names a stage',
	hasNeeds,
	`ARG BASE=one\nFROM a AS one\nFROM $BASE AS two\nFROM \${NONE:-two}`,
	{
		one: [],
		two: ['one'],
		final: ['two'],
	},
);
test('a FROM in a heredoc is no stage', hasNeeds, 'FROM a AS one\nCOPY <<EOF /x\nFROM b\nEOF\nFROM one', {
	one: [],
	final: ['one'],
});
test('a stage called final leaves the last one its number', hasNeeds, 'FROM a AS final\nFROM final', {
	final: [],
	'stage-1': ['final'],
});
test(
	'the last of two stages of one name counts',
	hasNeeds,
	'FROM a AS x\nFROM b\nFROM c AS x\nRUN y\nFROM x',
	{
		'x:1': [],
		x: [],
		'stage-1': [],
		final: ['x'],
	},
);
test(
	'stages that need each other are read',
	hasNeeds,
	'FROM a AS x\nCOPY --from=y p q\nFROM b AS y\nCOPY --from=x p q',
	{
		x: ['y'],
		y: ['x'],
	},
);

const startsFrom = test.macro((t, text: string, images: Array<string | null>) => {
	t.deepEqual(
		parseDockerfile(text).stages.map(({image}) => image),
		images,
	);
});
test('scratch and other images are named', startsFrom, readDockerfile('multiline'), [
	'alpine:3.13',
	null,
	'scratch',
]);
test(
	'ARGs in front of the first FROM are filled in',
	startsFrom,
	[
		'ARG A=1.2',
		'ARG NAME="alp-$A" EMPTY=',
		`FROM $NAME:\${A}`,
		`FROM x:\${EMPTY:-3}`,
		`FROM x:\${EMPTY-3}y`,
		`FROM x:\${A:+4}\${NONE:+5}`,
		'ARG A=9',
		`FROM x:\${A}`,
	].join('\n'),
	['alp-1.2:1.2', 'x:3', 'x:y', 'x:4', 'x:1.2'],
);

const reaches = test.macro((t, target: string | undefined, name: string, reachable: string[]) => {
	const graph = parseDockerfile(readDockerfile('simple'), {target});
	t.is(graph.target, name);
	t.deepEqual(graph.reachable, reachable);
});
const reachesLater = test.macro((t, last: string) => {
	const text = `FROM a AS other\nFROM b AS x\nCOPY --from=other c d\nFROM e AS x\n${last}`;
	t.deepEqual(parseDockerfile(text).reachable, ['x', 'final']);
});
test('of two stages of one name, FROM means the later one', reachesLater, 'FROM x');
test('of two stages of one name, COPY means the later one', reachesLater, 'FROM f\nCOPY --from=x c d');

test('without a target the last stage is it', reaches, undefined, 'final', ['base', 'build', 'final']);
test('a target reaches what it needs', reaches, 'test', 'test', ['base', 'build', 'test']);
test('a target in capitals is found', reaches, 'BUILD', 'build', ['base', 'build']);
test('a number is a target', reaches, '0', 'base', ['base']);

const isRefused = test.macro(
	(t, text: string, target: string | undefined, message: string, line: number | null) => {
		const error = t.throws(() => parseDockerfile(text, {target}), {instanceOf: DockerfileError});
		t.is(error?.message, message);
		t.is(error?.line, line);
	},
);
test('an empty Dockerfile is refused', isRefused, '', undefined, 'The Dockerfile has no FROM.', 1);
test(
	'a Dockerfile without FROM is refused',
	isRefused,
	'RUN x\n',
	undefined,
	'The Dockerfile has no FROM.',
	1,
);
test(
	'an unknown target is refused',
	isRefused,
	'FROM a',
	'final',
	'The Dockerfile has no stage `final`.',
	null,
);
test('a number too large is refused', isRefused, 'FROM a', '1', 'The Dockerfile has no stage `1`.', null);

test('an instruction is one line without comments, at its place', t => {
	const {stages} = parseDockerfile(readDockerfile('multiline'));
	t.deepEqual(stages[0]?.instructions.at(-1), {
		keyword: 'RUN',
		text: `RUN echo "line one"     && echo "line   two $GREETING"     && printf 'no newline at end'`,
		line: 7,
		endLine: 10,
	});
	t.deepEqual([stages[0]?.line, stages[0]?.endLine, stages[2]?.line], [3, 10, 17]);
});

test('a heredoc ends with its mark, and shows its first line', t => {
	t.deepEqual(parseDockerfile(readDockerfile('heredoc')).stages[0]?.instructions, [
		{keyword: 'RUN', text: 'RUN <<E', line: 2, endLine: 5},
	]);
});

test('another escape mark and Windows line ends are read', t => {
	const text = '# escape=`\r\nFROM a\r\nRUN one `\r\n  two\r\nCMD c:\\x\\\r\n';
	t.deepEqual(
		parseDockerfile(text).stages[0]?.instructions.map(instruction => [instruction.text, instruction.endLine]),
		[
			['RUN one   two', 4],
			['CMD c:\\x\\', 5],
		],
	);
});
