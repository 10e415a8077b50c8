import {chmodSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../tools/child-environment.js';
import {runHere} from '../tools/run-here.js';
import {writeFiles} from '../tools/write-files.js';

const dockerfile = `FROM golang:1.16.4-alpine AS build
WORKDIR /src
COPY go.mod ./
ARG VERSION=1
COPY . .
RUN go build -o /app

FROM alpine:3.13 AS assets
RUN echo assets > /assets

FROM build AS test
RUN go test

FROM scratch
COPY --from=build /app /app
COPY --from=assets /assets /assets
`;

const createProject = (files: Record<string, string> = {}): string => {
	const folder = temporaryFolder();
	writeFiles(folder, {
		Dockerfile: dockerfile,
		'.dockerignore': 'node_modules\n*.log\n',
		'go.mod': 'module x\n',
		'main.go': 'package main\n',
		'node_modules/a/index.js': 'x',
		'a.log': 'line\n',
		...files,
	});
	return folder;
};

/** Without an engine: the socket of none. */
const noEngine = {DOCKER_HOST: 'unix:///nowhere/docker.sock'};

const openExplain = () => {
	const home = temporaryFolder();
	return (args: string[], env: Record<string, string> = {}) =>
		runHere(['explain', ...args], {home, env: {...noEngine, ...env}});
};

/** The lines of a part, without the indentation that all have. */
const partOf = (stdout: string, heading: string): string[] => {
	const lines = stdout.split('\n');
	const from = lines.indexOf(heading) + 1;
	const to = lines.indexOf('', from);
	return lines.slice(from, to < 0 ? undefined : to).map(line => line.replace(/^ {2}/, ''));
};

test.serial('the graph, the build context, and at first no forecast', async t => {
	const folder = createProject();
	const {stdout, stderr, exitCode} = await openExplain()([folder]);
	t.is(exitCode, 0, stderr);
	t.is(stdout.split('\n')[0], `${folder}/Dockerfile, target final`);
	t.deepEqual(partOf(stdout, 'Stages'), [
		'build   starts from golang:1.16.4-alpine',
		'assets  starts from alpine:3.13',
		'test    skipped: final does not need it',
		'final   starts from scratch; uses files of build and assets',
		'At the same time: build and assets.',
	]);
	t.deepEqual(partOf(stdout, 'Build context'), [
		`${folder}: 4 files, 311 B`,
		`${folder}/.dockerignore leaves out the folder node_modules and 1 file elsewhere (5 B).`,
		'build, line 3  COPY go.mod ./  1 file, 9 B',
		'build, line 5  COPY . .        4 files, 311 B',
	]);
	t.deepEqual(partOf(stdout, 'Cache'), [
		'This build’s fingerprints are now saved. Build the image; after your next change, `explain` says what will run again, and why.',
		'No engine answers, so base images are not looked at.',
	]);
	t.is(stderr, '');
});

test.serial('what would run again, and why', async t => {
	const folder = createProject();
	const explain = openExplain();
	await explain([folder]);
	writeFiles(folder, {'main.go': 'package other\n', 'new.go': ''});
	chmodSync(path.join(folder, 'Dockerfile'), 0o600);
	const {stdout} = await explain([folder]);
	const [first = '', ...lines] = partOf(stdout, 'Cache');
	t.regex(
		first,
		/^If you have built since the last `explain` \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\), the next build does this:$/,
	);
	t.deepEqual(lines, [
		'build',
		'  line 2   cached      WORKDIR /src',
		'  line 3   cached      COPY go.mod ./',
		'  line 5   runs again  COPY . .                            3 changes in the files that it reads:',
		'    Dockerfile: mode',
		'    main.go: content',
		'    new.go: new',
		'  line 6   runs again  RUN go build -o /app                because of line 5',
		'assets',
		'  line 9   cached      RUN echo assets > /assets',
		'final',
		'  line 15  may run     COPY --from=build /app /app         only if the files that it takes from build change',
		'  line 16  may run     COPY --from=assets /assets /assets  because of line 15',
		'No engine answers, so base images are not looked at.',
	]);
	const again = await explain([folder]);
	t.notRegex(again.stdout, /runs again|may run/);
});

test.serial('another value of a build argument, and another target', async t => {
	const folder = createProject();
	const explain = openExplain();
	await explain([folder]);
	const other = await explain([folder, '--build-arg', 'VERSION=2', '--target', 'build']);
	t.regex(other.stdout, /, target build\n/);
	t.regex(other.stdout, /line 5 +cached +COPY \. \.\n/);
	t.regex(
		other.stdout,
		/line 6 +runs again +RUN go build -o \/app +the argument VERSION has another value\n/,
	);
	t.regex(other.stdout, /That was for another target, or with other build arguments\.\n/);
	const again = await explain([folder]);
	t.notRegex(again.stdout, /runs again|That was for/);
	const named = await explain([folder, '--build-arg', 'VERSION'], {VERSION: '2'});
	t.regex(named.stdout, /the argument VERSION has another value/);
});

test.serial('the Dockerfile may be elsewhere, with a .dockerignore of its own', async t => {
	const folder = createProject({
		'ci/Dockerfile': 'FROM scratch\nCOPY . /\n',
		'ci/Dockerfile.dockerignore': '*\n!main.go\n',
	});
	const {stdout} = await openExplain()([folder, '-f', path.join(folder, 'ci/Dockerfile')]);
	t.regex(stdout, /final, line 2 {2}COPY \. \/ {2}1 file, 13 B\n/);
	t.regex(stdout, /ci\/Dockerfile\.dockerignore leaves out the folders ci and node_modules/);
	t.notRegex(stdout, /No engine answers/);
	rmSync(path.join(folder, 'Dockerfile'));
	writeFileSync(path.join(folder, 'dockerfile'), 'FROM scratch\n');
	const lower = await openExplain()([folder]);
	t.regex(lower.stdout, /\/dockerfile, target final\n/);
	t.regex(lower.stdout, /No instruction that runs reads the build context\./);
});

test.serial('a source that is not there is named', async t => {
	const folder = createProject({Dockerfile: 'FROM scratch\nCOPY a.log gone none* /x/\n'});
	const {stdout, exitCode} = await openExplain()([folder]);
	t.is(exitCode, 0);
	t.regex(stdout, /the build will fail, because this is missing or ignored: a\.log and gone\n/);
});

test.serial('the legacy builder is not foreseen', async t => {
	const folder = createProject();
	const {stdout} = await openExplain()([folder], {DOCKER_BUILDKIT: '0'});
	t.regex(stdout, /`DOCKER_BUILDKIT` selects the legacy builder/);
	t.notRegex(stdout, /No engine answers/);
	t.regex(stdout, /COPY go\.mod \.\/ {2}1 file/);
});

test.serial('all of it as JSON', async t => {
	const folder = createProject();
	const explain = openExplain();
	await explain([folder]);
	writeFiles(folder, {'go.mod': 'module y\n'});
	const {stdout} = await explain([folder, '--json']);
	const {format, target, stages, together, whole, reads, cache} = JSON.parse(stdout);
	t.is(format, 1);
	t.is(target, 'final');
	t.deepEqual(together, [['build', 'assets']]);
	t.deepEqual(whole, {files: 4, bytes: 311});
	t.deepEqual(
		stages.map((stage: {name: string; isNeeded: boolean}) => [stage.name, stage.isNeeded]),
		[
			['build', true],
			['assets', true],
			['test', false],
			['final', true],
		],
	);
	t.like(reads[0], {stage: 'build', line: 3, text: 'COPY go.mod ./', files: 1, bytes: 9, missing: []});
	t.like(cache.foreseen[1], {
		line: 3,
		status: 'runs',
		reason: {because: 'files', changes: [{path: 'go.mod', change: 'content'}]},
	});
});

test.serial(
	'files are not hashed again while their inode, size and time are those of the record',
	async t => {
		const folder = createProject();
		const explain = openExplain();
		const old = path.join(folder, 'main.go');
		const set = () => utimesSync(old, 1_700_000_000, 1_700_000_000);
		set();
		await explain([folder]);
		writeFileSync(old, 'package MAIN\n');
		set();
		t.notRegex((await explain([folder])).stdout, /runs again/, 'BuildKit does not see that either');
		writeFileSync(old, 'package MAIN\n');
		t.regex((await explain([folder])).stdout, /main\.go: content/);
	},
);

test.serial('nothing of the project is written', async t => {
	const folder = createProject();
	const before = readdirSync(folder, {recursive: true}).sort();
	const explain = openExplain();
	await explain([folder]);
	await explain([folder, '--json']);
	t.deepEqual(readdirSync(folder, {recursive: true}).sort(), before);
	t.is(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), dockerfile);
});

const fails = test.macro(async (t, args: (folder: string) => string[], said: RegExp) => {
	const {stdout, stderr, exitCode} = await openExplain()(
		args(
			createProject({
				'bad/.dockerignore': '[',
				'bad/Dockerfile': 'FROM scratch',
				'none/x': '',
				'empty/Dockerfile': '# nothing',
			}),
		),
	);
	t.is(exitCode, 2);
	t.regex(stderr, said);
	t.is(stdout, '');
});
test.serial(
	'a context that is no folder',
	fails,
	() => ['https://x.example/y.git'],
	/The build context https:\/\/x\.example\/y\.git is not a folder/,
);
test.serial(
	'a folder without a Dockerfile',
	fails,
	folder => [`${folder}/none`],
	/There is no Dockerfile at .*none\/Dockerfile\.\nNext: name it with `--file`/,
);
test.serial(
	'a pattern that BuildKit rejects',
	fails,
	folder => [`${folder}/bad`],
	/BuildKit rejects the pattern `\[`/,
);
test.serial('two contexts', fails, folder => [folder, folder], /`explain` takes one name at a time/);
test.serial(
	'a build argument without a name',
	fails,
	folder => [folder, '--build-arg', '=x'],
	/`--build-arg` is NAME=value/,
);
test.serial(
	'a build context without a value',
	fails,
	folder => [folder, '--build-context', 'assets'],
	/`--build-context` is name=value/,
);
test.serial(
	'a build argument without a word',
	fails,
	folder => [folder, '--build-arg'],
	/`--build-arg` needs a value/,
);

test.serial(
	'nothing is measured without an engine, or with the legacy builder, and each says so',
	async t => {
		const folder = createProject();
		const explain = openExplain();
		const legacy = await explain([folder, '--measure'], {DOCKER_BUILDKIT: '0'});
		t.is(legacy.exitCode, 2);
		t.regex(
			legacy.stderr,
			/Builds are measured with BuildKit, and `DOCKER_BUILDKIT` selects the legacy builder\./,
		);
		const silent = await explain([folder, '--measure']);
		t.is(silent.exitCode, 3);
		t.regex(silent.stderr, /\/nowhere\/docker\.sock|docker/);
		t.deepEqual(readdirSync(folder).sort(), [
			'.dockerignore',
			'Dockerfile',
			'a.log',
			'go.mod',
			'main.go',
			'node_modules',
		]);
	},
);

test.serial('the page has what was read', async t => {
	const folder = createProject();
	const file = path.join(temporaryFolder(), 'explained.md');
	const {stderr, exitCode} = await openExplain()([folder, '--report', file]);
	t.is(exitCode, 0, stderr);
	t.regex(readFileSync(file, 'utf8'), /^## Build context$/m);
	t.regex(stderr, /explained\.md/);
});
