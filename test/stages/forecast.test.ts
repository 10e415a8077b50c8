import test from 'ava';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {BuildOptions} from '../../source/stages/model.js';

const foresees = test.macro((t, text: string[], options: BuildOptions, reachable: string[]) => {
	t.deepEqual(parseDockerfile(text.join('\n'), options).reachable, reachable);
});
const chosen = (...args: string[]) => [
	...args,
	'FROM a AS one',
	'FROM b AS two',
	'FROM c AS pick-linux-arm64',
	`FROM \${PICK:-one}`,
];
const asked = (...pairs: Array<[string, string]>): BuildOptions => ({buildArgs: new Map(pairs)});

test('an argument of the file chooses', foresees, chosen('ARG PICK=two'), {}, ['two', 'final']);
test('a build argument counts more', foresees, chosen('ARG PICK=one'), asked(['PICK', 'two']), [
	'two',
	'final',
]);
test('a build argument that no ARG declares is none', foresees, chosen(), asked(['PICK', 'two']), [
	'one',
	'final',
]);
test('an ARG without a value takes a build argument', foresees, chosen('ARG PICK'), asked(['PICK', 'two']), [
	'two',
	'final',
]);
test(
	'BuildKit’s own arguments can be overwritten',
	foresees,
	chosen('ARG PICK=pick-$TARGETOS-$TARGETARCH'),
	asked(['TARGETARCH', 'arm64']),
	['pick-linux-arm64', 'final'],
);
test(
	'a platform gives arguments',
	foresees,
	chosen('ARG PICK=pick-$TARGETOS-$TARGETARCH'),
	{platforms: ['linux/arm64']},
	['pick-linux-arm64', 'final'],
);
test(
	'of several platforms what any of them needs',
	foresees,
	['FROM a AS x-amd64', 'FROM b AS x-arm64', 'FROM c AS x-riscv64', `FROM x-\${TARGETARCH}`],
	{platforms: ['linux/amd64', 'linux/arm64']},
	['x-amd64', 'x-arm64', 'final'],
);
test('several arguments stand in one line', foresees, chosen(`ARG A=t B="w" PICK="\${A}\${B}o"`), {}, [
	'two',
	'final',
]);
test(
	'a context replaces a stage and all that it needs',
	foresees,
	['FROM a AS deep', 'FROM deep AS made', 'FROM b', 'COPY --from=made c d'],
	{contexts: new Map([['made', './here']])},
	['made', 'final'],
);
test(
	'a mount by a number is an image',
	foresees,
	['FROM a', 'FROM b', 'RUN --mount=from=0,target=/x y'],
	{},
	['final'],
);

test('labels are told apart, and the last of one name has it alone', t => {
	const text = 'FROM a AS x\nFROM b AS X\nFROM c\nFROM d AS stage-2\nFROM e AS x';
	t.deepEqual(
		parseDockerfile(text).stages.map(({name}) => name),
		['x:1', 'X:2', 'stage-2:3', 'stage-2', 'x'],
	);
});

test('triggers of a base are instructions of the stage, at their own lines', t => {
	const {stages} = parseDockerfile(
		'FROM a AS base\nONBUILD RUN one\nFROM base AS next\nRUN two\nFROM next\nRUN three',
	);
	t.deepEqual(
		stages.map(({triggers}) => triggers.map(({text, keyword, line}) => [keyword, text, line])),
		[[], [['RUN', 'RUN one', 2]], []],
	);
});
