import {cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {trust} from '../tools/trust.js';
import {awkwardFolder, runOnWindows, windowsPath, windowsTest} from './windows.js';

const workshops = ['multi-stage', 'build-cache', 'build-mounts'];

windowsTest('`list` and `lint` know the workshops', async t => {
	const [list, ...lints] = await runOnWindows([
		{args: ['list', '--json']},
		...workshops.map(name => ({args: ['lint', windowsPath(`workshops/${name}`), '--json']})),
	]);
	t.deepEqual(
		JSON.parse(list?.stdout ?? '')
			.workshops.map(({id}: {id: string}) => id)
			.sort(),
		[...workshops].sort(),
	);
	for (const {stdout, stderr} of lints)
		t.like(JSON.parse(stdout), {format: 1, passed: true, problems: [], warnings: []}, stderr);
});

windowsTest('the recordings of the workshops are rehearsed to the end, with a report of each', async t => {
	const cwd = awkwardFolder();
	const runs = workshops.flatMap(workshop =>
		['md', 'html'].map(kind => ({
			args: [
				'run',
				'--replay',
				'--json',
				'--workshop',
				workshop,
				'--report',
				`${workshop} über alles.${kind}`,
			],
			cwd,
		})),
	);
	const results = await runOnWindows(runs);
	for (const {stdout, stderr, exitCode} of results) {
		t.is(exitCode, 0, stdout + stderr);
		t.true(JSON.parse(stdout).passed);
	}
	for (const workshop of workshops) {
		const markdown = readFileSync(path.join(cwd, `${workshop} über alles.md`), 'utf8');
		t.true(markdown.includes('This was a recording: nothing ran on this machine.'), markdown);
		t.notRegex(markdown, /[A-Z]:\\/, 'a path of this machine');
		t.regex(readFileSync(path.join(cwd, `${workshop} über alles.html`), 'utf8'), /<\/html>\s*$/);
	}
});

windowsTest('plain mode takes a script from standard input, with the line ends of Windows', async t => {
	const cwd = awkwardFolder();
	const home = awkwardFolder();
	const dir = 'Übung 1';
	const args = ['--plain', '--replay', '--dir', dir];
	const [loop, again] = await runOnWindows([
		{args, cwd, home, stdin: 'start\r\n\r\n\r\n\r\nq\r\ny\r\n'},
		{args, cwd, home, stdin: 'q\r\ny\r\n'},
	]);
	t.is(loop?.exitCode, 0, loop?.stderr);
	t.regex(loop?.stdout ?? '', /2 of 45 steps passed in the recording/);
	t.regex(again?.stdout ?? '', /2 of 45 steps/, 'what passed is kept');
	t.true(existsSync(path.join(home, 'AppData', 'Local', 'multistage-workshop')), 'below LOCALAPPDATA');
});

windowsTest('`export` is shown in the dialect of PowerShell, and of cmd where that is asked for', async t => {
	const args = ['--plain', '--replay'];
	const stdin = 'start\r\ngo\r\n7\r\nq\r\ny\r\n';
	const [usual, cmd] = await runOnWindows([
		{args, stdin},
		{args: [...args, '--shell', 'cmd'], stdin},
	]);
	t.regex(usual?.stdout ?? '', /\$env:DOCKER_BUILDKIT='0'/);
	t.regex(cmd?.stdout ?? '', /set DOCKER_BUILDKIT=0/);
});

windowsTest('`reset` restores what was changed and keeps the learner’s version', async t => {
	const cwd = awkwardFolder();
	const file = path.join(cwd, 'multi-stage', 'simple', 'Dockerfile');
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, 'FROM mine\r\n');
	const [reset] = await runOnWindows([{args: ['reset', 'build-simple', '--yes'], cwd}]);
	t.is(reset?.exitCode, 0, reset?.stderr);
	t.is(readFileSync(`${file}.mine`, 'utf8'), 'FROM mine\r\n');
	t.deepEqual(readFileSync(file), readFileSync('workshops/multi-stage/simple/Dockerfile'));
});

/** Text files as a clone has them where git is told to write the line ends of Windows. */
const withWindowsLineEnds = (folder: string, files: string[]): void => {
	for (const file of files) {
		const text = readFileSync(path.join(folder, file), 'utf8');
		writeFileSync(path.join(folder, file), text.replaceAll('\n', '\r\n'));
	}
};

windowsTest(
	'a workshop of one’s own is found, sound and rehearsed in an awkward folder, with CRLF line ends',
	async t => {
		const folder = path.join(awkwardFolder(), 'meine Übung');
		cpSync('workshops/multi-stage', folder, {recursive: true});
		withWindowsLineEnds(folder, [
			'workshop.md',
			'03-multi-stage-dockerfiles.md',
			'08-lab.md',
			'simple/Dockerfile',
			'parallel/Dockerfile',
			'whoami/Dockerfile',
		]);
		const cwd = awkwardFolder();
		const given = windowsPath(folder);
		const [lint, run, stranger] = await runOnWindows([
			{args: ['lint', given, '--json']},
			{args: ['run', '--replay', '--json', '--workshop', given, ...trust(folder)], cwd},
			{args: ['run', '--workshop', given], cwd},
		]);
		t.like(JSON.parse(lint?.stdout ?? ''), {format: 1, passed: true, problems: []});
		t.is(run?.exitCode, 0, (run?.stdout ?? '') + run?.stderr);
		t.true(JSON.parse(run?.stdout ?? '').passed);
		t.true(stranger?.stderr.includes(`list "${given}"`), stranger?.stderr);
	},
);
