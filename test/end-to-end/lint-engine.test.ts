import {cpSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {isDeep} from '../tools/deep.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';
import {takeInventory} from './inventory.js';

type Problem = {file: string; line: number; column: number; message: string};

const prove = async (t: ExecutionContext, args: string[], {env}: TestEngine): Promise<Problem[]> => {
	const {stdout, stderr, exitCode} = await runCli(['lint', ...args, '--engine', '--json'], {
		env,
		timeout: 300_000,
	});
	const {format, passed, problems} = JSON.parse(stdout);
	t.is(format, 1);
	t.is(passed, problems.length === 0, stderr);
	t.is(exitCode, passed ? 0 : 1, stderr);
	return problems;
};

/** The shipped `build-cache` without its attempts and with something in it changed, as somebody's own folder. */
const breakIt = (change: Record<string, string>): string => {
	const folder = path.join(temporaryFolder(), 'mine');
	cpSync('workshops/build-cache', folder, {recursive: true});
	rmSync(path.join(folder, 'attempts'), {recursive: true});
	writeFiles(folder, change);
	return folder;
};

const dockerfile = readFileSync('workshops/build-cache/careful/Dockerfile', 'utf8');

const rows: Array<{title: string; folder: string; problems: RegExp[]}> = [
	{
		title: 'a solution that does not pass',
		folder: breakIt({'solutions/ignore-notes/careful/.dockerignore': 'note.txt\n'}),
		problems: [
			/^solutions\/ignore-notes\/run\.yaml:2:1 gets `notes-not-ignored` instead of `passed`: The stage final is done/,
		],
	},
	{
		title: 'a solution whose Dockerfile does not build',
		folder: breakIt({
			'solutions/ignore-notes/careful/Dockerfile': dockerfile.replace('RUN sleep 2;', 'RUN exit 3;'),
		}),
		problems: [/^solutions\/ignore-notes\/careful\/Dockerfile:7:1 gets `build-failed` instead of `passed`/],
	},
	{
		title: 'an attempt with another finding',
		folder: breakIt({
			'attempts/ignore-notes/everything/run.yaml': 'finding: source-ignored\ncommands: []\n',
			'attempts/ignore-notes/everything/careful/.dockerignore': '*\n',
		}),
		problems: [
			/^attempts\/ignore-notes\/everything\/run\.yaml:1:1 gets `build-failed` instead of `source-ignored`/,
		],
	},
	{
		title: 'a start state that passes already',
		folder: breakIt({'careful/.dockerignore': 'notes.txt\n'}),
		problems: [/^02-order\.md:174:1 the start state already passes: nothing is left for the learner to do/],
	},
];

const stepOf = (title: string, id: string, command: string) =>
	`## ${title}\n\n<!-- step\nid: ${id}\nkind: run\nchecks: [{check: exit, is: 0, finding: failed, hint: It failed.}]\n-->\n\n\`\`\`sh run\n${command}\n\`\`\`\n\n`;

/** Answers that make, replace and take away things of each other, and of the steps that the challenge needs. */
const meddling = (): string => {
	const folder = path.join(temporaryFolder(), 'meddling');
	const answer = (finding: string, ...commands: string[]) =>
		`finding: ${finding}\ncommands: ${JSON.stringify(commands.map(one => one.split(' ')))}\n`;
	writeFiles(folder, {
		'workshop.md':
			'---\nformat: 1\nid: meddling\ntitle: Meddling\nminutes: 1\nimages: [alpine:3.13]\ncontexts: [app]\n---\n\nText.\n',
		'01-all.md': `# All\n\n${stepOf('Build', 'build', 'docker build -t base ./app')}${stepOf('Start', 'start', 'docker run -d --name base base sleep 600').replace('kind: run', 'kind: run\nneeds: [build]')}${stepOf('Copy', 'copy', 'docker cp base:/etc/hosts ./app/hosts').replace('kind: run', 'kind: run\nneeds: [start]')}## Try

<!-- step
id: try
kind: challenge
needs: [copy]
checks:
  - {check: file, path: app/hosts, has: [localhost], finding: no-file, hint: The file app/hosts is missing.}
  - {check: container, name: base, state: running, finding: base-gone, hint: The container base has to run.}
  - {check: container, name: waits, state: running, finding: not-waiting, hint: No container called waits runs.}
-->

Start it.

<details><summary>Solution</summary>

Do it.

</details>
`,
		'app/Dockerfile': 'FROM alpine:3.13\nRUN echo base > /base\n',
		'solutions/try/run.yaml': answer(
			'passed',
			'docker network create left',
			'docker run -d --name waits -v left:/x --network left base sleep 600',
		),
		'attempts/try/a-removes/run.yaml': answer('base-gone', 'docker rm -f base'),
		'attempts/try/b-nothing/run.yaml': answer('not-waiting'),
		'attempts/try/c-renames/run.yaml': answer('not-waiting', 'docker tag alpine:3.13 base'),
		'attempts/try/d-starts/run.yaml': answer('not-waiting', 'docker run --name waits base cat /base'),
	});
	return folder;
};

const line = ({file, line, column, message}: Problem) => `${file}:${line}:${column} ${message}`;

engineTests((engineTest, name) => {
	// A quick run proves each on one engine: what differs between engines, `build-cache.test.ts` and `lab-states.test.ts`
	// show on both.
	const quick = name === '20' ? ['build-cache'] : ['multi-stage'];
	for (const workshop of isDeep ? ['build-cache', 'multi-stage'] : quick) {
		engineTest(`the challenges of ${workshop} prove themselves, and nothing is left`, async (t, engine) => {
			const before = await takeInventory(engine);
			t.deepEqual((await prove(t, [workshop], engine)).map(line), []);
			t.deepEqual(await takeInventory(engine), before);
		});
	}

	// What is said about a broken workshop does not depend on the engine.
	if (name !== '26') return;
	for (const {title, folder, problems} of rows) {
		engineTest(title, async (t, engine) => {
			const found = (await prove(t, [folder, ...trust(folder)], engine)).map(line);
			t.is(found.length, problems.length, found.join('\n'));
			for (const [index, problem] of problems.entries()) t.regex(found[index] ?? '', problem);
		});
	}

	engineTest(
		'every answer begins with the same engine and files, and leaves nothing there',
		async (t, engine) => {
			const things = async () => [
				await takeInventory(engine),
				await engine.docker('volume', 'ls', '-q'),
				await engine.docker('network', 'ls', '-q', '--no-trunc'),
			];
			const before = await things();
			const folder = meddling();
			t.deepEqual((await prove(t, [folder, ...trust(folder)], engine)).map(line), []);
			t.deepEqual(await things(), before);
		},
	);

	engineTest('an image of the author’s that has one of the names gets it back', async (t, engine) => {
		await engine.docker('tag', 'alpine:3.13', 'careful');
		const before = await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'careful');
		t.deepEqual(await prove(t, ['build-cache'], engine), []);
		t.is(await engine.docker('image', 'inspect', '-f', '{{.Id}}', 'careful'), before);
		await engine.docker('rmi', 'careful');
	});

	engineTest('a stranger’s workshop runs nothing before consent', async (t, {env}) => {
		const folder = breakIt({});
		const {exitCode, stderr} = await runCli(['lint', folder, '--engine', '--json', '--yes'], {env});
		t.is(exitCode, 2);
		t.regex(stderr, /does not come with this program/);
	});
});

test.serial('a workshop that is not sound is not tried on an engine', async t => {
	const folder = breakIt({'stray.txt': ''});
	const {stdout, exitCode} = await runCli(['lint', folder, '--engine'], {env: {PATH: '/nowhere'}});
	t.regex(stdout, /stray\.txt:1:1 is a stray file/);
	t.is(exitCode, 1);
});

test.serial('without an engine it says so', async t => {
	const {stdout, exitCode} = await runCli(['lint', 'build-cache', '--engine', '--json'], {
		env: {PATH: '/nowhere'},
	});
	t.is(JSON.parse(stdout).error.kind, 'fixable');
	t.is(exitCode, 3);
});
