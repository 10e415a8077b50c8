import {cpSync, existsSync, readdirSync, readFileSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {isGain, type ProvenSuggestion} from '../../source/explain/prove.js';
import {takeInventory} from '../end-to-end/inventory.js';
import {stateOf, waitUntil} from '../end-to-end/run-in-background.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {builtProgram, nodeUnderTest} from '../tools/built-program.js';
import {childEnvironment, temporaryFolder} from '../tools/child-environment.js';
import {deep, isDeep} from '../tools/deep.js';
import {findProcesses} from '../tools/find-processes.js';
import {runCli} from '../tools/run-cli.js';
import {writeFiles} from '../tools/write-files.js';
import {createSampleProjects, type SampleProject} from './sample-projects.js';
import {servePackages} from './serve-packages.js';

/** Makes more stand-ins of base images: Node with the npm of this machine, larger ones, and a C compiler. */
const buildBaseImages = async (engine: TestEngine): Promise<void> => {
	await engine.addStandIns('node:18-alpine', 'python:3.11-alpine');
	const folder = temporaryFolder();
	const npm = path.dirname(path.dirname(realpathSync((await execa('which', ['npm'])).stdout)));
	cpSync(npm, path.join(folder, 'npm'), {recursive: true});
	const debs = path.join(folder, 'debs');
	await execa(path.resolve('test/engine/download'), [debs, 'bookworm', 'tcc', 'musl-dev']);
	for (const name of readdirSync(debs).filter(name => name.endsWith('.deb')))
		await execa('dpkg', ['-x', path.join(debs, name), path.join(folder, 'tcc')]);
	writeFiles(folder, {
		'node-slim': [
			...['FROM node:18-alpine', 'COPY npm /usr/local/lib/node_modules/npm'],
			'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
			// Where npm looks first for the C library. Else it asks Node, which asks name servers, of which there is none.
			"RUN echo '# GNU C Library' > /usr/bin/ldd",
		].join('\n'),
		node: 'FROM node:18-slim\nRUN head -c 40000000 /dev/urandom > /usr/share/tools\n',
		python: 'FROM python:3.11-alpine\nRUN head -c 40000000 /dev/urandom > /usr/share/tools\n',
		cc: 'FROM python:3.11-alpine\nCOPY tcc /\nCOPY --chmod=755 cc.sh /usr/local/bin/cc\n',
		// Linked with musl alone, so that the program needs no library.
		'cc.sh': [
			'#!/bin/sh',
			'musl=/usr/lib/x86_64-linux-musl',
			'exec tcc -nostdlib -nostdinc -I/usr/include/x86_64-linux-musl -static $musl/crt1.o $musl/crti.o "$@" \\',
			'  $musl/libc.a /usr/lib/x86_64-linux-gnu/tcc/libtcc1.a $musl/crtn.o',
			'',
		].join('\n'),
	});
	for (const [file, image] of Object.entries({
		'node-slim': 'node:18-slim',
		node: 'node:18',
		python: 'python:3.11',
		cc: 'cc:1',
	}))
		await execa('docker', ['build', '-q', '-f', path.join(folder, file), '-t', image, folder], {
			env: {...engine.env, DOCKER_BUILDKIT: '1'},
		});
};

/** What is in a folder: path → content, and times. */
const readFolder = (folder: string): Record<string, string> =>
	Object.fromEntries(
		readdirSync(folder, {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => path.join(entry.parentPath, entry.name))
			.map(file => [
				path.relative(folder, file),
				`${statSync(file).mtimeMs} ${readFileSync(file, 'latin1')}`,
			]),
	);

const listCache = async ({docker}: TestEngine): Promise<string[]> =>
	(await docker('system', 'df', '-v', '--format', '{{range .BuildCache}}{{.ID}}\n{{end}}'))
		.split('\n')
		.sort();

type Explained = {
	measured: {
		suggestions: ProvenSuggestion[];
		together: {figures: ProvenSuggestion['after']};
		figures: ProvenSuggestion['before'];
	};
};

/** Gains of all suggestions together: the larger part of seconds after a change of the source, or of bytes. */
const greatestGain = ({measured: {figures, together}}: Explained): number => {
	const {afterSource: before, imageBytes: bytes} = figures;
	const {afterSource: after, imageBytes: bytesAfter} = together.figures;
	return Math.max(before && after ? 1 - after / before : 0, 1 - bytesAfter / bytes);
};

/** Without `TEST_DEEP`, one of each language that needs no long build, and one where nothing is to gain. */
const tried: string[] = isDeep
	? [
			...['go-api', 'go-tests', 'go-well-written', 'node-api', 'node-bundle', 'node-tests'],
			...['python-api', 'python-tests', 'c-tool', 'static-page'],
		]
	: ['go-api', 'go-well-written', 'c-tool'];

type Declare = Parameters<Parameters<typeof engineTests>[0]>[0];

let projects: SampleProject[] = [];
let close = () => {};

/** Writes a project to a new folder. */
const write = (name: string): string => {
	const folder = path.join(temporaryFolder(), name);
	writeFiles(folder, projects.find(one => one.name === name)?.files ?? {});
	return folder;
};

const declareProjects = (declare: Declare): void => {
	const gains = new Map<string, number>();
	for (const name of tried)
		declare(`${name}: each suggestion is proven, and nothing is left behind`, async (t, engine) => {
			const folder = write(name);
			const [files, inventory, cache] = [
				readFolder(folder),
				await takeInventory(engine),
				await listCache(engine),
			];
			const {stdout, stderr, exitCode} = await runCli(['explain', folder, '--measure', '--json'], {
				env: engine.env,
				timeout: 400_000,
			});
			t.is(exitCode, 0, stderr);
			t.deepEqual(readFolder(folder), files);
			t.deepEqual(await takeInventory(engine), inventory);
			t.deepEqual(await listCache(engine), cache);
			const explained: Explained = JSON.parse(stdout);
			for (const {says, before, after} of explained.measured.suggestions)
				t.true(isGain(before, after), `${says} ${JSON.stringify({before, after})}`);
			gains.set(name, greatestGain(explained));
			t.log(
				name,
				explained.measured.figures,
				explained.measured.together.figures,
				...explained.measured.suggestions.map(({says}) => says),
			);
		});
	declare('enough projects gain almost a third, or more', t => {
		const great = [...gains].filter(([, gain]) => gain >= 0.3).map(([name]) => name);
		t.log(Object.fromEntries(gains));
		// While the machine is busy, seconds may seem worse, and what saves bytes is then rejected too.
		t.true(great.length >= deep(1, 6), JSON.stringify(Object.fromEntries(gains)));
	});
};

const declareEndings = (declare: Declare): void => {
	declare('what is proven is written beside the Dockerfile, and as a page', async (t, engine) => {
		const folder = write('c-tool');
		const explain = (...flags: string[]) =>
			runCli(['explain', '.', ...flags], {cwd: folder, env: engine.env});
		const {stdout, stderr, exitCode} = await explain('--write', '--report', 'explained.html');
		t.is(exitCode, 0, stderr);
		t.regex(stdout, /1\. line 1: Add a final stage from scratch that has only \/usr\/local\/bin\/tool\./);
		t.regex(stderr, /Build with it: `docker build -f Dockerfile\.suggested \.`/);
		t.regex(readFileSync(path.join(folder, 'explained.html'), 'utf8'), /<h2>The image consists of<\/h2>/);
		await engine.docker('build', '-q', '-f', path.join(folder, 'Dockerfile.suggested'), '-t', 'tool', folder);
		const ran = await execa('docker', ['run', '--rm', 'tool'], {env: engine.env, reject: false});
		t.like(ran, {stdout: 'hello', exitCode: 3});
		await engine.docker('rmi', 'tool');
		writeFiles(folder, {'Dockerfile.suggested': 'FROM mine\n'});
		const again = await explain('--write');
		t.is(again.exitCode, 2);
		t.regex(again.stderr, /Dockerfile\.suggested is there already, with another text, and is kept\./);
		t.is(readFileSync(path.join(folder, 'Dockerfile.suggested'), 'utf8'), 'FROM mine\n');
	});
	declare('a project that does not build is told why, and nothing is left', async (t, engine) => {
		const folder = write('c-tool');
		writeFiles(folder, {'main.c': 'int main(void) { return missing; }\n'});
		const [inventory, cache] = [await takeInventory(engine), await listCache(engine)];
		const {stderr, exitCode} = await runCli(['explain', folder, '--measure'], {env: engine.env});
		t.is(exitCode, 3);
		t.regex(stderr, /The build of a copy failed in line 3 of the Dockerfile: .*\n.*missing/);
		t.deepEqual(await takeInventory(engine), inventory);
		t.deepEqual(await listCache(engine), cache);
	});
	declare('a build gets its secrets and further build contexts', async (t, engine) => {
		const folder = temporaryFolder();
		writeFiles(folder, {
			Dockerfile: [
				'FROM alpine:3.13',
				'RUN --mount=type=secret,id=token,required=true grep -q abc /run/secrets/token',
				'COPY --from=assets page.txt /',
			].join('\n'),
			'token.txt': 'abc',
			'other/page.txt': 'page',
		});
		const flags = ['--secret', 'id=token,src=token.txt', '--build-context', 'assets=other'];
		const {stdout, stderr, exitCode} = await runCli(['explain', '--measure', '--json', ...flags], {
			cwd: folder,
			env: engine.env,
		});
		t.is(exitCode, 0, stderr);
		const [stage] = JSON.parse(stdout).measured.stages;
		t.is(stage.instructions.length, 2);
		const without = await runCli(['explain', '--measure'], {cwd: folder, env: engine.env});
		t.is(without.exitCode, 3);
		t.regex(without.stderr, /failed/);
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const)
		declare(`of a measurement that ${signal} ends, nothing is left`, async (t, engine) => {
			const folder = write('node-api');
			const place = {cwd: folder, home: temporaryFolder()};
			const inventory = await takeInventory(engine);
			const child = execa(nodeUnderTest, [builtProgram, 'explain', '--measure'], {
				cwd: folder,
				env: childEnvironment(place.home, engine.env),
				extendEnv: false,
				reject: false,
			});
			const transcripts = path.join(stateOf(place), 'transcripts');
			// Its first build has been made, and a container of it runs.
			await waitUntil(
				() => existsSync(transcripts) && readdirSync(transcripts).some(name => name.endsWith('-1')),
				'the second command had begun',
			);
			child.kill(signal);
			const {exitCode} = await child;
			await waitUntil(() => findProcesses(`HOME=${place.home}`).length === 0, 'all had ended');
			if (signal === 'SIGKILL') {
				const cleaned = await runCli(['cleanup', '--yes'], {...place, env: engine.env});
				t.is(cleaned.exitCode, 0, cleaned.stderr);
			} else t.is(exitCode, signal === 'SIGINT' ? 130 : 143);
			t.deepEqual(await takeInventory(engine), inventory);
			t.deepEqual(readdirSync(transcripts), []);
		});
};

engineTests(
	declare => {
		declare('the stand-ins of more base images are made', async (t, engine) => {
			await buildBaseImages(engine);
			const gateway = await engine.docker(
				...['network', 'inspect', 'bridge', '-f', '{{(index .IPAM.Config 0).Gateway}}'],
			);
			const packages = await servePackages(gateway);
			({close} = packages);
			projects = createSampleProjects(packages);
			t.is(projects.length, 10);
		});
		declareProjects(declare);
		declareEndings(declare);
		declare('the packages are no longer served', t => {
			t.notThrows(close);
		});
	},
	isDeep ? ['26', '28', '28c'] : ['26'],
);
