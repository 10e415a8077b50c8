import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {execa} from 'execa';
import {readBuildCacheSize} from '../../source/engine/cleanup.js';
import {verifyCli} from '../../source/engine/docker-cli.js';
import {openImageStore} from '../../source/engine/image-store.js';
import {inspectEngine} from '../../source/engine/inspect-engine.js';
import {runCli} from '../tools/run-cli.js';
import {answerAs29} from './answer-as-29.js';
import {engineTests} from './engines.js';
import {temporaryFolder} from './temporary-folder.js';

// An engine 28 behind something that answers as an engine 29 does, as far as its sources tell: none can be had here.
engineTests(
	declare => {
		declare('as 29: its version is read, and the CLI finds its way', async (t, {env}) => {
			const as29 = {...env, DOCKER_HOST: await answerAs29(env.DOCKER_HOST)};
			t.is((await inspectEngine(as29)).version, '29.1.5');
			await t.notThrowsAsync(verifyCli(as29, as29.DOCKER_HOST));
		});

		declare('as 29: a CLI below the least API version is told to be too old', async (t, {env}) => {
			const as29 = {...env, DOCKER_HOST: await answerAs29(env.DOCKER_HOST), DOCKER_API_VERSION: '1.41'};
			await t.throwsAsync(verifyCli(as29, as29.DOCKER_HOST), {
				message: /too old .*Minimum supported API version is 1\.44/,
			});
			const {stdout, exitCode} = await runCli(['doctor', '--json'], {env: as29});
			t.is(exitCode, 3);
			t.regex(stdout, /The docker command is too old for the Docker engine/);
		});

		declare('as 29: the build cache has a size, though its records are missing', async (t, {env, docker}) => {
			const as29 = {...env, DOCKER_HOST: await answerAs29(env.DOCKER_HOST)};
			t.is(await readBuildCacheSize(as29), 0);
			const folder = temporaryFolder('context');
			writeFileSync(
				path.join(folder, 'Dockerfile'),
				'FROM alpine:3.13 AS made\nRUN head -c 300000 /dev/urandom >/made\nFROM scratch\nCOPY --from=made /made /\n',
			);
			await execa('docker', ['build', '-t', 'made', folder], {env: as29, stdin: 'ignore'});
			await docker('rmi', 'made');
			const bytes = await readBuildCacheSize(as29);
			t.true((bytes ?? 0) >= 300_000);
			t.is(bytes, await readBuildCacheSize(env));
		});

		declare(
			'as 29: an archive that the engine refuses, or an image that it can’t pull, is not done',
			async (t, {env}) => {
				const as29 = {...env, DOCKER_HOST: await answerAs29(env.DOCKER_HOST)};
				const {signal} = new AbortController();
				const store = await openImageStore(as29);
				await t.throwsAsync(store.load(Readable.from([Buffer.alloc(2048, 'x')]), signal));
				await t.throwsAsync(store.pull('localhost:1/no/such:image', 'linux/amd64', () => {}, signal));
			},
		);

		declare('as 29: the workshop is rehearsed to its end', async (t, {env}) => {
			const as29 = {...env, DOCKER_HOST: await answerAs29(env.DOCKER_HOST)};
			const cwd = temporaryFolder('lab');
			const report = 'report.md';
			const {stdout, stderr, exitCode} = await runCli(['run', '--json', '--yes', '--report', report], {
				env: as29,
				cwd,
				timeout: 540_000,
			});
			const result: {passed: boolean; engine: {version: string}} = JSON.parse(stdout);
			t.is(exitCode, 0, stdout + stderr);
			t.true(result.passed);
			t.is(result.engine.version, '29.1.5');
			t.true(readFileSync(path.join(cwd, report), 'utf8').includes('29.1.5'));
		});
	},
	['28'],
);
