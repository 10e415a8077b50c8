import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {DoctorFinding} from '../../source/doctor/registry.js';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {sampleOf} from '../tools/deep.js';
import {readOnlyFolder} from '../tools/own-disk.js';
import {type CliOptions, runCli} from '../tools/run-cli.js';
import {writeFiles} from '../tools/write-files.js';

/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:9';

/** A folder with one file; for `CURL_HOME`, say. */
const folderWith = (name: string, text: string): string => {
	const folder = temporaryFolder();
	writeFiles(folder, {[name]: text});
	return folder;
};

/** The engine's own `DOCKER_CONFIG`, with other settings. */
const configured = ({env}: TestEngine, text: string): Record<string, string> => {
	const folder = folderWith('config.json', text);
	mkdirSync(path.join(folder, 'cli-plugins'));
	writeFileSync(
		path.join(folder, 'cli-plugins', 'docker-buildx'),
		`#!/bin/sh\nexec ${env.DOCKER_CONFIG}/cli-plugins/docker-buildx "$@"\n`,
		{mode: 0o755},
	);
	return {DOCKER_CONFIG: folder};
};

type Given = Pick<CliOptions, 'through' | 'home'> & {env?: Record<string, string>};

/** What is set, and what the doctor finds then; null: nothing, and all steps pass. `says`: the doctor and a step. */
type Row = [title: string, given: (engine: TestEngine) => Given, says: RegExp | null];

const set = (env: Record<string, string>) => (): Given => ({env});

const rows: Row[] = [
	[
		'http_proxy and https_proxy',
		set({http_proxy: nowhere, HTTP_PROXY: nowhere, https_proxy: nowhere, HTTPS_PROXY: nowhere}),
		null,
	],
	['all_proxy', set({all_proxy: nowhere, ALL_PROXY: 'socks5://127.0.0.1:9'}), null],
	['a .curlrc with a proxy', () => ({env: {CURL_HOME: folderWith('.curlrc', `proxy = ${nowhere}\n`)}}), null],
	[
		'a .curlrc with head and output',
		() => ({env: {CURL_HOME: folderWith('.curlrc', 'head\noutput = /dev/null\n')}}),
		null,
	],
	['BUILDKIT_PROGRESS', set({BUILDKIT_PROGRESS: 'quiet'}), null],
	['DOCKER_BUILDKIT', set({DOCKER_BUILDKIT: '0'}), null],
	['an older DOCKER_API_VERSION', set({DOCKER_API_VERSION: '1.24'}), null],
	['a broken config.json', engine => ({env: configured(engine, '{"auths":')}), null],
	[
		'a credential helper that is gone',
		engine => ({env: configured(engine, '{"credsStore":"desktop"}')}),
		null,
	],
	[
		'proxies and formats in config.json',
		engine => ({
			env: configured(
				engine,
				`{"proxies":{"default":{"httpProxy":"${nowhere}"}},"psFormat":"{{.ID}}","imagesFormat":"{{.ID}}"}`,
			),
		}),
		null,
	],
	['SOURCE_DATE_EPOCH', set({SOURCE_DATE_EPOCH: '0'}), null],
	[
		'BUILDX_NO_DEFAULT_ATTESTATIONS and others',
		set({
			BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
			BUILDX_EXPERIMENTAL: '1',
			DOCKER_CLI_EXPERIMENTAL: 'enabled',
			BUILDKIT_HOST: 'tcp://127.0.0.1:9',
			BUILDKIT_COLORS: 'run=red',
			COMPOSE_FILE: '/nowhere',
		}),
		null,
	],
	['a TMPDIR that is not there', set({TMPDIR: '/nowhere'}), null],
	['no HOME', () => ({through: ['env', '-u', 'HOME']}), null],
	['80 open files', () => ({through: ['prlimit', '--nofile=80']}), null],
	['DOCKER_CONTENT_TRUST', set({DOCKER_CONTENT_TRUST: '1'}), /DOCKER_CONTENT_TRUST.*unset/],
	[
		'another DOCKER_DEFAULT_PLATFORM',
		set({DOCKER_DEFAULT_PLATFORM: 'linux/arm64'}),
		/DOCKER_DEFAULT_PLATFORM.*linux\/arm64.*unset/,
	],
	[
		'a DOCKER_DEFAULT_PLATFORM that is none',
		set({DOCKER_DEFAULT_PLATFORM: 'banana'}),
		/DOCKER_DEFAULT_PLATFORM.*banana.*unset/,
	],
	['a SOURCE_DATE_EPOCH that is none', set({SOURCE_DATE_EPOCH: 'banana'}), /SOURCE_DATE_EPOCH.*unset/],
	[
		'a BUILDX_CONFIG that can’t be a folder',
		() => ({env: {BUILDX_CONFIG: path.join(folderWith('file', ''), 'file', 'x')}}),
		/buildx/,
	],
	[
		'a DOCKER_CONFIG that can’t be written to',
		({env}) => ({through: readOnlyFolder(env.DOCKER_CONFIG)}),
		/buildx/,
	],
	['DOCKER_TLS_VERIFY', set({DOCKER_TLS_VERIFY: '1'}), /certificates.*DOCKER_TLS_VERIFY/],
	['a newer DOCKER_API_VERSION', set({DOCKER_API_VERSION: '1.99'}), /too new.*DOCKER_API_VERSION/],
	['24 open files', () => ({through: ['prlimit', '--nofile=24']}), /as many files.*ulimit -n 1024/],
	[
		'a state folder that can’t be written to',
		() => {
			const home = temporaryFolder();
			const state = path.join(home, '.local', 'state');
			mkdirSync(state, {recursive: true});
			return {home, through: readOnlyFolder(state)};
		},
		/be written|be noted/,
	],
];

engineTests((declare, name) => {
	// The environment is the CLI's and the program's; one engine is enough.
	if (name !== '26') return;
	const healthy = temporaryFolder();
	for (const [title, given, says] of sampleOf(rows, 10)) {
		declare(`the doctor and the steps agree: ${title}`, async (t, engine) => {
			const {env, ...rest} = given(engine);
			const options: CliOptions = {home: healthy, ...rest, env: {...engine.env, ...env}};
			const examined = await runCli(['doctor', '--json'], options);
			const rehearsed = await runCli(['run', 'go-application', '--yes', '--json'], options);
			await runCli(['cleanup', '--yes'], {home: options.home ?? healthy, env: engine.env});
			const ready = examined.exitCode === 0;
			t.is(ready, rehearsed.exitCode === 0, `${examined.stdout}${rehearsed.stdout}`);
			t.is(ready, says === null, `${examined.stdout}${rehearsed.stdout}`);
			if (says === null) return;
			t.is(rehearsed.exitCode, 3, rehearsed.stdout);
			const found: {findings?: DoctorFinding[]} = JSON.parse(examined.stdout);
			const failed = (found.findings ?? []).filter(({verdict}) => verdict === 'failed');
			t.regex(found.findings ? JSON.stringify(failed) : examined.stdout, says);
			t.regex(rehearsed.stdout, new RegExp(says.source.split('.*')[0] ?? '', says.flags));
		});
	}
});
