import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {layoutScreen} from '../../source/tui/text/layout.js';
import {engineTests} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal, type TestTerminal} from '../tools/terminal.js';
import {footerOf, typeLine} from '../tools/type-line.js';

const size = {columns: 120, rows: 36};

/** The words on the left, then those on the right, whatever lines they are broken into. */
const wordsOf = (rows: string[]): string => {
	const {columns} = layoutScreen(size, 'all').text;
	return [...rows.map(row => row.slice(0, columns)), ...rows.map(row => row.slice(columns + 1))]
		.join(' ')
		.replaceAll(/\s+/g, ' ');
};

/** Changes a file as an editor in another window would, and does not build it yet. */
const editFile = async (
	terminal: TestTerminal,
	{file, from, to}: NonNullable<Typed['edits']>,
): Promise<void> => {
	const path = join(terminal.cwd, 'multi-stage', file);
	writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
	await terminal.waitFor(`${file} was saved`);
	terminal.press('n');
	await terminal.waitUntil(rows => !rows.join('\n').includes('was saved'), 'the step again');
};

/** Says something to the shell that has the terminal, and leaves it. */
const loop = async (terminal: TestTerminal, line: string): Promise<void> => {
	await terminal.waitFor('/ # ');
	terminal.press(`${line}\r`);
	await terminal.waitFor('build: app compiled');
	terminal.press('exit\r');
	await terminal.waitFor('Press enter to go back to the workshop.');
	terminal.press(keys.enter);
};

/** Waits until the shown step has passed, and goes on to the next one. */
const passes = async (t: ExecutionContext, terminal: TestTerminal, title: string): Promise<void> => {
	const rows = await terminal.waitUntil(
		shown => shown.join('\n').includes('Press enter to go on') && footerOf(shown).includes('next step'),
		`“${title}” to pass`,
		60_000,
	);
	t.true(rows.join('\n').includes(title), rows.join('\n'));
	t.log(rows.join('\n'));
	terminal.press(keys.enter);
	await terminal.waitUntil(shown => !(shown[2] ?? '').includes(title), `the step after “${title}”`);
};

/** One step: what a learner types there, and what is seen before the step passes. */
type Typed = {
	title: string;
	/** None: the learner goes past it. */
	lines: Array<{
		line: string;
		sees?: string;
		/** Typed into the command that has the terminal. */
		says?: string;
	}>;
	/** A file of the lab folder that the learner changes first. */
	edits?: {file: string; from: string; to: string};
};

const chapters: Typed[] = [
	{
		title: 'Two builders, one Dockerfile',
		lines: [{line: 'dokcer ps', sees: 'no program dokcer'}, {line: 'export DOCKER_BUILDKIT=0'}],
	},
	{title: 'Read a Dockerfile with four stages', lines: []},
	{
		title: 'Build it',
		lines: [
			{line: 'docker build -t mine ./simpel', sees: 'There is no folder ./simpel to build'},
			{line: 'cd simple && docker build -t mine . 2>&1 | tee build.log'},
		],
	},
	{
		title: 'Run it',
		lines: [
			{
				line: 'docker run alpine:3.13 true',
				sees: 'This step is about the image simple, but alpine:3.13 ran.',
			},
			{line: 'docker run -it --rm mine sh', says: 'cat /build.txt', sees: 'It used the terminal itself.'},
			{line: 'docker run --rm mine | cat'},
		],
	},
	{title: 'Turn on BuildKit', lines: [{line: 'export DOCKER_BUILDKIT="1"'}]},
	{
		title: 'Build it with BuildKit',
		lines: [{line: 'docker build ./simple -t other --progress=plain > other.log 2>&1'}],
	},
	{title: 'Run what BuildKit built', lines: [{line: 'docker container run other'}]},
	{title: 'Do the tests pass?', lines: []},
	{
		title: 'Compare the two images',
		lines: [
			{line: 'docker images', sees: 'There is no image simple on the engine'},
			{line: 'docker tag mine simple; docker tag other simple:buildkit', sees: 'exit 0'},
			{line: 'docker images --filter reference=simple'},
		],
	},
	{
		title: 'Ask for the tests',
		lines: [{line: 'cd simple'}, {line: 'docker build . --target test --tag tested'}],
	},
	{title: 'Run the test image', lines: [{line: 'docker run tested'}]},
	{title: 'Look into the test image', lines: [{line: 'docker run tested cat /build.txt > out.txt'}]},
	{
		title: 'Two stages, one after the other',
		edits: {file: 'parallel/Dockerfile', from: 'AS base', to: 'AS base\nRUN echo edited'},
		lines: [{line: 'cd ..'}, {line: 'docker build --no-cache -t slow ./parallel'}],
	},
	{
		title: 'Two stages at the same time',
		lines: [{line: 'docker buildx build --no-cache --tag quick parallel'}],
	},
	...[
		'Give the stage a name',
		'Add a stage that is shipped',
		'Start from nothing',
		'Get the tools back',
		'What would that change?',
		'Build a program with a bug',
		'Let the test fail',
		'Which image is there now?',
		'Mend the program',
		'A stage for the linter',
		'Two builds for every change',
		'Read a real Dockerfile',
	].map(title => ({title, lines: []})),
	{title: 'Build it', lines: [{line: 'docker image build -t whoami -f whoami/Dockerfile whoami'}]},
	{
		title: 'Pull the SDK image',
		lines: [
			{line: 'docker image inspect -f {{.Os}} golang:1.16.4-alpine', sees: 'linux'},
			{line: 'docker pull golang:1.16.4-alpine'},
		],
	},
	{title: 'Compare the sizes', lines: [{line: 'docker image ls | grep -e whoami -e golang'}]},
	{title: 'Does a small image build faster?', lines: []},
	{title: 'A smaller whoami', lines: []},
	{
		title: 'Run it',
		lines: [{line: 'docker create -P --name whoami1 whoami', sees: 'exit 0'}, {line: 'docker start whoami1'}],
	},
	{title: 'Find its port', lines: [{line: 'docker container port whoami1'}]},
	{
		title: 'Ask who it is',
		lines: [{line: 'curl -s http://127.0.0.1:$(docker port whoami1 80 | head -1 | cut -d: -f2)/'}],
	},
];

engineTests((engineTest, name) => {
	if (name !== '26') return;
	engineTest(
		'a learner who types commands of their own passes the chapters that show builds',
		async (t, {env, docker}) => {
			const terminal = openTerminal({...size, env, home: beginAt('disable-buildkit')});
			await terminal.waitFor(/engine \d/);
			terminal.press(keys.enter);
			for (const {title, lines, edits} of chapters) {
				await terminal.waitFor(title);
				if (edits) await editFile(terminal, edits);
				if (lines.length === 0) {
					terminal.press(keys.right);
					await terminal.waitUntil(rows => !(rows[2] ?? '').includes(title), `the step after “${title}”`);
					continue;
				}
				for (const {line, sees, says} of lines) {
					await typeLine(terminal, line);
					if (says) await loop(terminal, says);
					if (sees) await terminal.waitUntil(rows => wordsOf(rows).includes(sees), sees, 60_000);
				}
				await passes(t, terminal, title);
			}
			await terminal.waitFor('8/9');
			t.regex(await docker('image', 'ls', '--format', '{{.Repository}}'), /quick/);
			terminal.press('q');
			await terminal.waitFor('Leave the workshop?');
			terminal.press('y');
			t.is((await terminal.exited).exitCode, 0);
			const {stdout} = await runCli(['cleanup', '--yes'], {env, cwd: terminal.cwd, home: terminal.home});
			t.log(stdout);
			const left = await docker('image', 'ls', '-a', '--format', '{{.Repository}}:{{.Tag}}');
			t.deepEqual(left.split('\n').sort(), ['alpine:3.13', 'golang:1.16.4-alpine']);
			// A container of an image that is not ours is the learner's.
			t.is(await docker('ps', '-a', '--format', '{{.Image}}'), 'alpine:3.13');
		},
	);
});
