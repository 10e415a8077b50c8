import test from 'ava';
import type {LineLogs} from '../../source/session/ports.js';
import type {RunView} from '../../source/session/state.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import {keys} from '../tools/terminal.js';
import {openEmulated} from './open-emulated.js';
import {failedBuild, finishedRun, runningBuild} from './sample-runs.js';
import {sampleState} from './sample-state.js';

const sizes = [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
	{columns: 50, rows: 14},
];
const [wide = {columns: 120, rows: 36}, low = wide, small = wide] = sizes;

const dockerfile = `# Four stages
FROM alpine:3.13 AS base
RUN echo 'Adding dependencies' > /deps.txt

FROM base AS build
COPY . /src
RUN ./compile --all \\
    --with-a-rather-long-list-of-flags "構建"

FROM build AS test
RUN ./test

FROM base AS final
COPY --from=build /build.txt /
`;
const graph = parseDockerfile(dockerfile);
const plan = {dockerfile: 'simple/Dockerfile', text: dockerfile, graph, waiting: []};

/** A build of the samples, with the lines of this Dockerfile. */
const placed = (run: RunView): RunView => ({
	...run,
	build: run.build && {
		...run.build,
		stages: run.build.stages.map(stage => ({
			...stage,
			instructions: stage.instructions.map((one, index) => ({
				...one,
				line: graph.stages.find(({name}) => name === stage.name)?.instructions[index]?.line ?? null,
			})),
		})),
		failure: run.build.failure && {...run.build.failure, line: 6},
	},
});
const plans = {build: plan};
const running = sampleState({runningStepId: 'build', plans, runs: {build: placed(runningBuild)}});
const failed = sampleState({plans, runs: {build: placed(failedBuild)}});

const numbered = (from: number, to: number) =>
	Array.from({length: to - from + 1}, (_, index) =>
		(from + index) % 10 === 0 ? `\u001B[32m構建 🚀\u001B[0m module ${from + index}` : `line ${from + index}`,
	);
const writerOf = (logs: LineLogs) => {
	const writer = logs.open(runningBuild.runId);
	return (lines: string[]) => {
		for (const line of lines) writer.append('build', line);
	};
};

for (const size of sizes) {
	const name = `at ${size.columns}×${size.rows}`;

	test.serial(`a zoomed pane ${name}`, async t => {
		const screen = openEmulated(t, running, size);
		await screen.waitFor('c cancel');
		writerOf(screen.lineLogs)(numbered(1, 1234));
		screen.press('z');
		t.snapshot((await screen.waitFor('of 1,234 · end')).join('\n').trimEnd(), 'the end');
		screen.press('/');
		await screen.waitFor('enter search');
		screen.press('module 50');
		t.snapshot((await screen.waitFor('/module 50')).join('\n').trimEnd(), 'typing');
		screen.press(`${keys.enter}<n`);
		t.snapshot((await screen.waitFor('▸  500')).join('\n').trimEnd(), 'found');
	});

	test.serial(`the Dockerfile of a running build ${name}`, async t => {
		const screen = openEmulated(t, running, size);
		await screen.waitFor('c cancel');
		screen.press('d');
		t.snapshot((await screen.waitFor('simple/Dockerfile')).join('\n').trimEnd());
	});

	test.serial(`the Dockerfile of a failed build ${name}`, async t => {
		const screen = openEmulated(t, failed, size);
		await screen.waitFor('enter run again');
		screen.press('d');
		t.snapshot((await screen.waitFor('simple/Dockerfile')).join('\n').trimEnd());
	});
}

test.serial('without a chosen pane the running stage is zoomed, and tab goes on to the next', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	screen.press('z');
	await screen.waitFor('╭ build ');
	screen.press(keys.tab);
	await screen.waitFor('It has printed nothing.');
	const rows = await screen.waitFor('╭ test ');
	t.false(rows.join('').includes('╭ base'));
});

test.serial('a zoomed pane follows its end until it is scrolled', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	const write = writerOf(screen.lineLogs);
	write(numbered(1, 100));
	screen.press('z');
	await screen.waitFor('lines 85–100 of 100 · end');
	write(numbered(101, 200));
	screen.show({...running});
	await screen.waitFor('lines 185–200 of 200 · end');
	screen.press(keys.up);
	await screen.waitFor('lines 184–199 of 200');
	write(numbered(201, 300));
	screen.show({...running});
	await screen.waitFor('lines 184–199 of 300');
	screen.press('<');
	await screen.waitFor('lines 1–16 of 300');
	screen.press('>');
	const rows = await screen.waitFor('lines 285–300 of 300 · end');
	t.regex(rows.join('\n'), /285 {2}line 285[\s\S]*299 {2}line 299/);
});

test.serial('keys that come faster than frames zoom, search and find', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)(numbered(1, 5000));
	screen.press(`z/e 77${keys.enter}n`);
	t.true((await screen.waitFor('▸  770')).join('\n').includes('module 770'));
});

test.serial('what is typed to search for is no key', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)(numbered(1, 100));
	screen.press('z/');
	await screen.waitFor('enter search');
	screen.press('quit? cyz nN');
	await screen.waitFor('/quit? cyz nN');
	screen.press(keys.backspace + keys.backspace);
	await screen.waitFor('/quit? cyz ');
	screen.press(keys.enter);
	await screen.waitFor('“quit? cyz ” is not in these lines.');
	t.deepEqual(screen.sent, []);
	screen.press(keys.ctrlC);
	await screen.waitUntil(() => screen.sent.length > 0, 'an intent');
	t.deepEqual(screen.sent, [{intent: 'cancel'}]);
});

test.serial('a search goes on at the other end, and says so', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)(numbered(1, 300));
	screen.press('z/');
	await screen.waitFor('enter search');
	screen.press('module 20');
	await screen.waitFor('/module 20');
	screen.press(keys.enter);
	const rows = await screen.waitFor('continued at the beginning');
	t.true(rows.join('\n').includes('▸  20'));
	screen.press('N');
	await screen.waitFor('▸ 200');
});

test.serial('y asks for a copy of the stage that is seen, and its answer has the line it needs', async t => {
	const screen = openEmulated(t, running, small);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)(numbered(1, 100));
	screen.press('zy');
	await screen.waitUntil(() => screen.sent.length > 0, 'an intent');
	t.deepEqual(screen.sent, [{intent: 'copy-log', stage: 'build'}]);
	screen.show({...running, notice: 'Copied 100 lines to `/home/ada/workshops/build-build.log`.'});
	const rows = await screen.waitFor('/home/ada/workshops/build-build.log.');
	t.is(rows.at(-1), '');
});

test.serial('long lines are seen in parts', async t => {
	const screen = openEmulated(t, running, small);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)([`${'x'.repeat(30)}構建${'y'.repeat(60)}end of the line`]);
	screen.press('z');
	await screen.waitFor('xxxxx');
	screen.press(keys.right + keys.right);
	await screen.waitFor('…yyy');
	screen.press(keys.right + keys.right);
	await screen.waitFor('end of the line');
	screen.press(keys.left + keys.left + keys.left + keys.left);
	await screen.waitFor('xxxxx');
	t.deepEqual(screen.sent, []);
});

test.serial('a command that is no build is zoomed too', async t => {
	const state = sampleState({stepId: 'run', runs: {run: finishedRun}});
	const screen = openEmulated(t, state, low);
	await screen.waitFor('exit 0');
	screen.press('z');
	const rows = await screen.waitFor('lines 1–3 of 3 · end');
	t.true(rows.join('\n').includes('1  Adding dependencies…'));
	screen.press(keys.escape);
	const step = await screen.waitUntil(lines => !lines.join('\n').includes('lines 1–3'), 'the step');
	t.true(step.join('\n').includes('exit 0'));
});

test.serial('a match stands out from what is around it', async t => {
	const screen = openEmulated(t, running, low);
	await screen.waitFor('c cancel');
	writerOf(screen.lineLogs)(['one two three']);
	screen.press('z/two');
	await screen.waitFor('/two');
	screen.press(keys.enter);
	const rows = await screen.waitFor('▸ 1  one two three');
	const row = rows.findIndex(line => line.includes('one two three'));
	const column = rows[row]?.indexOf('two') ?? 0;
	t.true(screen.cell(column, row).inverse);
	t.false(screen.cell(column - 2, row).inverse);
});

test.serial('d gives the text back', async t => {
	const screen = openEmulated(t, running, wide);
	await screen.waitFor('c cancel');
	screen.press('d');
	await screen.waitFor('╭ B build');
	screen.press('d');
	const rows = await screen.waitFor('╭ build');
	t.true(rows.join('\n').includes('The same Dockerfile'));
});
