import {chmodSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {type AddressInfo, createServer as createSocketServer} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {buffer} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {execa} from 'execa';
import {pack} from 'tar-stream';
import {engineTests, everyEngine} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {writeFiles} from '../tools/write-files.js';

/** A folder with a `docker` that repeats its arguments on both streams, and ends with 7. */
const standInForDocker = (): string => {
	const bin = temporaryFolder();
	writeFiles(bin, {
		docker: '#!/bin/sh\nprintf "out <%s>\\n" "$@"\nprintf "err \\033[1m%s\\n" "$#" >&2\nexit 7\n',
	});
	chmodSync(path.join(bin, 'docker'), 0o755);
	return bin;
};

for (const [title, args, got] of [
	[
		'what docker build takes',
		['-t', 'a:1', '--build-arg', 'X=a b', '.'],
		['build', '-t', 'a:1', '--build-arg', 'X=a b', '.'],
	],
	[
		'flags that the program itself has',
		['--help', '--version', '--json'],
		['build', '--help', '--version', '--json'],
	],
	['a whole command line', ['docker', 'buildx', 'bake', '--no-cache'], ['buildx', 'bake', '--no-cache']],
	['a folder called docker', ['docker'], ['build', 'docker']],
] as const) {
	test.serial(
		`without a terminal, docker gets the words as they are, and its bytes and its exit code come back: ${title}`,
		async t => {
			const env = {PATH: `${standInForDocker()}${path.delimiter}${process.env.PATH}`};
			const {stdout, stderr, exitCode} = await runCli(['build', ...args], {env});
			t.is(stdout, got.map(word => `out <${word}>\n`).join(''));
			t.is(stderr, `err \u001B[1m${got.length}\n`);
			t.is(exitCode, 7);
		},
	);
}

test.serial('without docker, it says so', async t => {
	const {stderr, exitCode} = await runCli(['build', '.'], {env: {PATH: '/nowhere'}});
	t.not(exitCode, 0);
	t.regex(stderr, /docker/);
	t.notRegex(stderr, /This is a bug/);
});

type Shape = {
	title: string;
	/** The Dockerfile; null if `files` has it. */
	dockerfile: string | null;
	files?: Record<string, string>;
	args?: string[];
	/** The file that docker reads from standard input. */
	input?: string;
	/** Usually the folder of the files. */
	context?: string;
};

const two =
	'FROM alpine:3.13 AS deps\nRUN echo deps > /deps\nFROM alpine:3.13 AS final\nCOPY --from=deps /deps /deps\n';

/** Builds as they are found in projects. */
const shapes: Shape[] = [
	{title: 'two stages', dockerfile: two},
	{title: 'one stage without a name', dockerfile: 'FROM alpine:3.13\nRUN echo one\n'},
	{title: 'a stage that nothing needs', dockerfile: `${two}FROM deps AS extra\nRUN echo extra\nFROM final\n`},
	{title: 'a target', dockerfile: two, args: ['--target', 'deps']},
	{
		title: 'a failing instruction',
		dockerfile: 'FROM alpine:3.13 AS a\nRUN echo before && exit 3\nFROM alpine:3.13\nCOPY --from=a /x /x\n',
	},
	{title: 'a Dockerfile that can’t be read', dockerfile: 'FROM alpine:3.13\nRUNN echo\n'},
	{title: 'a missing Dockerfile', dockerfile: null, args: ['-f', 'Nowhere']},
	{title: 'a missing base image', dockerfile: 'FROM localhost:1/nowhere:1\n'},
	{title: 'a heredoc', dockerfile: 'FROM alpine:3.13\nRUN <<EOF\necho one\necho two > /two\nEOF\n'},
	{
		title: 'a directive and comments',
		dockerfile: '# escape=`\n# A comment.\nFROM alpine:3.13\nRUN echo a `\n  b\n',
	},
	{
		title: 'a bind mount of another stage',
		dockerfile:
			'FROM alpine:3.13 AS src\nRUN echo s > /s\nFROM alpine:3.13\nRUN --mount=type=bind,from=src,source=/s,target=/mnt cat /mnt > /out\n',
	},
	{
		title: 'a cache mount',
		dockerfile: 'FROM alpine:3.13\nRUN --mount=type=cache,target=/c echo c > /c/c && cp /c/c /c1\n',
	},
	{
		title: 'COPY --link and --chmod',
		dockerfile: 'FROM alpine:3.13\nCOPY --link --chmod=755 run.sh /run.sh\n',
		files: {'run.sh': 'echo\n'},
	},
	{
		title: 'ONBUILD',
		dockerfile: 'FROM alpine:3.13 AS base\nONBUILD RUN echo triggered > /t\nFROM base\nRUN cat /t\n',
	},
	{
		title: 'FROM --platform',
		dockerfile:
			'FROM --platform=$BUILDPLATFORM alpine:3.13 AS tool\nRUN echo $BUILDPLATFORM > /p\nFROM alpine:3.13\nCOPY --from=tool /p /p\n',
	},
	{
		title: 'an ARG with a default in FROM',
		dockerfile: 'ARG TAG=3.13\nFROM alpine:$TAG AS base\nARG WORD=w\nRUN echo $WORD > /w\n',
		args: ['--build-arg', 'WORD=a b'],
	},
	{
		title: 'a named context',
		dockerfile: 'FROM alpine:3.13\nCOPY --from=other o.txt /\n',
		files: {'other/o.txt': 'o'},
		args: ['--build-context', 'other=./other'],
	},
	{
		title: 'a Dockerfile elsewhere',
		dockerfile: null,
		files: {'docker/My.Dockerfile': two},
		args: ['-f', 'docker/My.Dockerfile'],
	},
	{
		title: 'a .dockerignore',
		dockerfile: 'FROM alpine:3.13\nCOPY . /all\n',
		files: {'.dockerignore': 'secret*\n', 'secret.txt': 's', 'a.txt': 'a'},
	},
	{
		title: 'a .dockerignore of its own',
		dockerfile: null,
		files: {
			'b/Dockerfile': 'FROM alpine:3.13\nCOPY . /all\n',
			'b/Dockerfile.dockerignore': 'x*\n',
			'x.txt': 'x',
		},
		args: ['-f', 'b/Dockerfile'],
	},
	{
		title: 'a Dockerfile on standard input',
		dockerfile: null,
		files: {Given: two},
		args: ['-f', '-'],
		input: 'Given',
	},
	{
		title: 'a numbered stage',
		dockerfile: 'FROM alpine:3.13\nRUN echo n > /n\nFROM alpine:3.13\nCOPY --from=0 /n /n\n',
	},
	{title: 'without the cache', dockerfile: two, args: ['--no-cache']},
	{
		title: 'COPY --link from a stage, onto another base',
		dockerfile:
			'FROM alpine:3.13 AS deps\nRUN echo deps > /deps\nFROM alpine:3.13\nRUN echo other > /other\nCOPY --link --from=deps /deps /a/b/deps\n',
	},
];

/** The layers of an image; null if there is none. */
const layersOf = ({docker}: TestEngine, image: string): Promise<string | null> =>
	docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image).catch(() => null);

/** A folder with a `docker` that is the engine's own, and writes what a build tells about its progress to a file, too. */
const recordingDocker = ({env}: TestEngine, file: string): string => {
	const bin = temporaryFolder();
	const [own = ''] = env.PATH.split(path.delimiter);
	writeFiles(bin, {
		docker: `#!/bin/bash
if [ "$1" != build ]; then exec ${own}/docker "$@"; fi
exec 3>&2
{ ${own}/docker "$@" 2>&1 >&4 | tee ${file} >&3; exit "\${PIPESTATUS[0]}"; } 4>&1
`,
	});
	chmodSync(path.join(bin, 'docker'), 0o755);
	return bin;
};

/** What BuildKit itself says of each stage: by its vertices, without `FROM`, which every stage has. */
const readVertices = (file: string): Record<string, string> => {
	const statuses: Record<string, Record<string, string>> = {};
	// Each document begins and ends in the first column.
	for (const text of readFileSync(file, 'utf8').split(/\n(?=\{)/)) {
		if (!text.startsWith('{')) continue;
		// On one line, or on many; other output may follow.
		const end = text.indexOf('\n}');
		const document = end < 0 ? text.split('\n')[0] : text.slice(0, end + 2);
		const {vertexes = []}: {vertexes?: Array<Record<string, string>>} = JSON.parse(document ?? '');
		for (const {digest = '', name = '', completed, cached, error, started} of vertexes) {
			const [, stage = '', keyword] = /^\[(?:(\S+) +)?\d+\/\d+\] (\w+)/.exec(name) ?? [];
			if (keyword === undefined || keyword === 'FROM' || !started) continue;
			statuses[stage] ??= {};
			statuses[stage][digest] = error ? 'failed' : cached ? 'cached' : completed ? 'done' : 'running';
		}
	}
	return Object.fromEntries(
		Object.entries(statuses).map(([stage, byVertex]) => {
			const all = Object.values(byVertex);
			const status = ['failed', 'running', 'done'].find(one => all.includes(one)) ?? 'cached';
			return [stage, status];
		}),
	);
};

/** The marks before the names of stages in the summary that a build leaves. */
const markedAs: Record<string, string> = {'✔': 'done', '◆': 'cached', '✖': 'failed'};

/**
 * What the summary says of each stage that has instructions to run, by the names that BuildKit gives to stages: none to
 * the only one, and a number to one without a name.
 */
const readSummary = (left: string, vertices: Record<string, string>): Record<string, string> => {
	const rows = left.split('\n').flatMap(row => {
		const [, mark = '', stage = ''] = /^([✔◆✖]) (\S+)/.exec(row) ?? [];
		const isStage = !/^. (?:docker |failed (?:in|before) )| metadata only$/.test(row);
		return mark !== '' && isStage ? [{stage, status: markedAs[mark] ?? ''}] : [];
	});
	const last = Object.keys(vertices).findLast(name => /^stage-\d+$/.test(name));
	const nameOf = (stage: string): string => {
		if ('' in vertices) return '';
		return stage === 'final' && !('final' in vertices) ? (last ?? stage) : stage;
	};
	return Object.fromEntries(
		rows
			.map(({stage, status}) => [nameOf(stage), status] as const)
			// Where a base image is missing, no vertex of the stage begins.
			.filter(([stage, status]) => stage in vertices || status !== 'failed'),
	);
};

const buildBoth = async (
	t: ExecutionContext,
	engine: TestEngine,
	{dockerfile, files = {}, args = [], input, context = '.'}: Shape,
) => {
	const cwd = temporaryFolder();
	writeFiles(cwd, {...(dockerfile === null ? {} : {Dockerfile: dockerfile}), 'app.txt': 'app', ...files});
	const words = ['build', '-t', 'ours', ...args, context];
	const progress = path.join(temporaryFolder(), 'progress');
	const hasRawjson = engine.name !== '20';
	const recorded = `${recordingDocker(engine, progress)}${path.delimiter}${engine.env.PATH}`;
	const terminal = openTerminal({
		args: words,
		cwd,
		env: {...engine.env, ...(hasRawjson && {PATH: recorded})},
		...(input && {around: `"$@" < ${input}`}),
	});
	const {exitCode} = await terminal.exited;
	const left = terminal.screen().join('\n');
	if (hasRawjson) {
		const vertices = readVertices(progress);
		t.deepEqual(readSummary(left, vertices), vertices, left);
	}
	const alone = await execa('docker', words.with(2, 'alone'), {
		cwd,
		env: engine.env,
		reject: false,
		...(input ? {inputFile: path.join(cwd, input)} : {stdin: 'ignore'}),
	});
	t.is(exitCode, alone.exitCode ?? -1, `${left}\n${alone.stderr}`);
	t.regex(left, alone.exitCode === 0 ? /✔ docker build/ : /✖ docker build/);
	const [ours, theirs] = await Promise.all([layersOf(engine, 'ours'), layersOf(engine, 'alone')]);
	if (!args.includes('--no-cache')) t.is(ours, theirs);
	t.is(ours === null, theirs === null);
	for (const image of ['ours', 'alone']) await engine.docker('image', 'rm', '-f', image).catch(() => {});
};

/** Serves a Git repository with these files on its branch `stable`. */
const serveRepository = async (files: Record<string, string>): Promise<{port: number; close(): void}> => {
	const cwd = temporaryFolder();
	writeFiles(cwd, files);
	const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@localhost'];
	for (const args of [
		['init', '-q', '-b', 'stable'],
		['add', '.'],
		[...author, 'commit', '-q', '-m', 'Begin'],
	])
		await execa('git', args, {cwd});
	const server = createSocketServer(socket => {
		const daemon = execa('git', ['daemon', '--inetd', '--export-all', `--base-path=${cwd}`], {
			buffer: false,
			reject: false,
		});
		socket.pipe(daemon.stdin);
		daemon.stdout.pipe(socket);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {port: (server.address() as AddressInfo).port, close: () => void server.close()};
};

engineTests(
	(engineTest, name) => {
		for (const shape of shapes) {
			engineTest(
				`build ends as docker alone does, with the same image: ${shape.title}`,
				async (t, engine) => {
					await buildBoth(t, engine, shape);
				},
			);
		}

		engineTest('ctrl-c ends a build as docker ends it, and the summary says so', async (t, {env}) => {
			const cwd = temporaryFolder();
			writeFiles(cwd, {Dockerfile: 'FROM alpine:3.13\nRUN echo begun && sleep 60\n'});
			const terminal = openTerminal({args: ['build', '.'], cwd, env});
			await terminal.waitFor(/[│|] begun/);
			terminal.press(keys.ctrlC);
			const {exitCode} = await terminal.exited;
			t.not(exitCode, 0);
			t.regex(terminal.screen().join('\n'), /✖ docker build \.[\s\S]*You have cancelled the build\./);
		});

		engineTest('what runs, its Dockerfile and its keys are on the screen', async (t, {env}) => {
			const cwd = temporaryFolder();
			writeFiles(cwd, {
				Dockerfile: 'FROM alpine:3.13 AS slow\nRUN echo begun && sleep 4\nFROM alpine:3.13\nRUN echo other\n',
			});
			const terminal = openTerminal({args: ['build', '-t', 'ours', '--target', 'slow', '.'], cwd, env});
			await terminal.waitFor(/[│|] begun/);
			const shown = terminal.screen().join('\n');
			t.regex(shown, /^ docker build -t ours --target slow \. /);
			t.regex(shown, /1 .*FROM alpine:3\.13 AS slow/);
			t.regex(shown, /c cancel/);
			t.notRegex(shown, /steps|hint|chapters|builder: /);
			terminal.press('d');
			await terminal.waitUntil(rows => !rows.join('\n').includes('Dockerfile  4 lines'), 'panes alone');
			t.is((await terminal.exited).exitCode, 0);
			t.regex(terminal.screen().join('\n'), /✔ slow .*\d s\n[\s\S]*Image ours\S*, [\d.]+ MB/);
		});

		if (name === '20') return;
		engineTest('compose and its services', async (t, {env, docker}) => {
			const cwd = temporaryFolder();
			writeFiles(cwd, {
				Dockerfile: two,
				'compose.yaml':
					'services:\n  one:\n    image: ours:1\n    build: .\n  two:\n    image: ours:2\n    build: {context: ., target: deps}\n',
			});
			const terminal = openTerminal({args: ['build', 'docker', 'compose', 'build'], cwd, env});
			t.is((await terminal.exited).exitCode, 0, terminal.screen().join('\n'));
			t.regex(terminal.screen().join('\n'), /✔ docker compose build\n[\s\S]* one\/deps [\s\S]* two\/deps /);
			await docker('image', 'rm', '-f', 'ours:1', 'ours:2');
		});

		engineTest('a build context that is downloaded', async (t, engine) => {
			const archive = pack();
			archive.entry({name: 'Dockerfile'}, two);
			archive.finalize();
			const context = await buffer(archive);
			const server = createServer((_, response) => response.end(context));
			await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
			const {port} = server.address() as AddressInfo;
			await buildBoth(t, engine, {
				title: 'an address',
				dockerfile: null,
				context: `http://127.0.0.1:${port}/context.tar`,
			});
			server.closeAllConnections();
			server.close();
		});

		engineTest('a build context from Git', async (t, engine) => {
			const {port, close} = await serveRepository({'app/Dockerfile': two, 'app/page.txt': 'page\n'});
			await buildBoth(t, engine, {
				title: 'Git',
				dockerfile: null,
				context: `git://127.0.0.1:${port}/.git#stable:app`,
			});
			close();
		});

		engineTest('bake and its targets', async (t, {env, docker}) => {
			const cwd = temporaryFolder();
			writeFiles(cwd, {
				Dockerfile: two,
				'docker-bake.hcl':
					'group "default" {\n targets = ["one", "two"]\n}\ntarget "one" {\n tags = ["ours:1"]\n}\ntarget "two" {\n target = "deps"\n tags = ["ours:2"]\n}\n',
			});
			const terminal = openTerminal({args: ['build', 'docker', 'buildx', 'bake'], cwd, env});
			t.is((await terminal.exited).exitCode, 0);
			t.regex(terminal.screen().join('\n'), /✔ docker buildx bake\n[\s\S]* one\/deps [\s\S]* two\/deps /);
			await docker('image', 'rm', '-f', 'ours:1', 'ours:2');
		});
	},
	process.env.TEST_DEEP || process.env.TEST_PART === 'engines' ? everyEngine : undefined,
);
