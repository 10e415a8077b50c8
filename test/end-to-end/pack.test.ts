import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {digestOf} from '../pack/sample-saves.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {openTerminal} from '../tools/terminal.js';
import {runUntil} from './run-until.js';
import {writePullingWorkshop} from './write-pulling-workshop.js';

type Manifest = {
	format: number;
	workshop: {id: string; hash: string};
	images: Array<{
		name: string;
		platform: string;
		file: string;
		bytes: number;
		sha256: string;
		standIn: boolean;
	}>;
	files: Array<{file: string; sha256: string}>;
};

const manifestOf = (folder: string): Manifest =>
	JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));

/** Names and what they stand for. */
const namesOn = async ({docker}: TestEngine): Promise<string[]> =>
	(await docker('image', 'ls', '-a', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'))
		.split('\n')
		.sort();

const holdsWhatItSays = (t: ExecutionContext, folder: string): void => {
	const {format, workshop, images, files} = manifestOf(folder);
	t.is(format, 1);
	t.is(workshop.id, 'multi-stage');
	t.deepEqual(
		images.map(({name, platform, standIn}) => `${name} ${platform} ${standIn}`),
		['alpine:3.13 linux/amd64 true', 'golang:1.16.4-alpine linux/amd64 true'],
	);
	for (const {file, bytes, sha256} of images) {
		const archive = readFileSync(path.join(folder, file));
		t.is(archive.length, bytes);
		t.is(digestOf(archive), sha256);
	}
	t.deepEqual(readdirSync(folder).sort(), [
		'START-HERE.md',
		'images',
		'manifest.json',
		'multistage-workshop-0.1.0.tgz',
		'multistage-workshop.mjs',
		'workshops',
	]);
	t.is(readdirSync(path.join(folder, 'images')).length, images.length);
	const named = files.map(({file}) => file);
	for (const file of ['START-HERE.md', 'multistage-workshop.mjs', 'workshops/build-cache/workshop.md']) {
		t.true(named.includes(file), file);
	}
	for (const {file, sha256} of files) t.is(digestOf(readFileSync(path.join(folder, file))), sha256, file);
};

/** The hashes of each engine's archives. */
const packed: string[][] = [];

engineTests(engineTest => {
	const folder = path.join(temporaryFolder(), 'pack');
	const alpine = path.join(folder, 'images', 'alpine-3.13-linux-amd64.tar');
	const packWith = ({env}: TestEngine) => runCli(['pack', folder], {env, timeout: 300_000});

	for (const signal of ['SIGINT', 'SIGKILL'] as const) {
		engineTest(`a pack that ${signal} ended leaves what is finished, and no manifest`, async (t, engine) => {
			const before = await namesOn(engine);
			// The archive that is whole by then.
			const {exitCode} = await runUntil(['pack', folder], {env: engine.env}, 'Writing golang', pid =>
				process.kill(pid, signal),
			);
			t.is(exitCode, signal === 'SIGINT' ? 130 : 128);
			t.true(existsSync(alpine));
			t.false(existsSync(path.join(folder, 'manifest.json')));
			t.deepEqual(await namesOn(engine), before);
		});
	}

	engineTest('it goes on from there, and leaves the engine as it was', async (t, engine) => {
		const before = await namesOn(engine);
		const written = statSync(alpine).mtimeMs;
		const {exitCode, stdout, stderr} = await packWith(engine);
		t.is(exitCode, 0, stderr);
		t.regex(stdout, /begin with START-HERE\.md/);
		t.is(statSync(alpine).mtimeMs, written, 'the finished archive is kept');
		t.deepEqual(await namesOn(engine), before);
		holdsWhatItSays(t, folder);
	});

	engineTest('the same again is the same, and what was damaged meanwhile is put right', async (t, engine) => {
		const manifest = manifestOf(folder);
		const golang = statSync(path.join(folder, manifest.images[1]?.file ?? '')).mtimeMs;
		writeFileSync(alpine, 'damaged');
		t.is((await packWith(engine)).exitCode, 0);
		t.deepEqual(manifestOf(folder), manifest);
		t.is(statSync(path.join(folder, manifest.images[1]?.file ?? '')).mtimeMs, golang);
		holdsWhatItSays(t, folder);
	});

	engineTest(
		'a learner who opens it sees the images come in, then the workshop',
		async (t, {env, docker}) => {
			await docker('rmi', 'golang:1.16.4-alpine');
			const program = path.join(folder, 'multistage-workshop.mjs');
			const terminal = openTerminal({program, args: ['--pack', folder], env, columns: 80, rows: 24});
			await terminal.waitFor(/Loading golang:1\.16\.4-alpine/, 60_000);
			await terminal.waitUntil(() => terminal.state().alternateScreen, 'the screen', 60_000);
			t.regex(await docker('image', 'ls', 'golang'), /1\.16\.4-alpine/);
			await terminal.waitFor('Multi-stage builds');
			terminal.press('q');
			t.like(await terminal.exited, {exitCode: 0});
			t.regex(terminal.screen().join('\n'), /Loaded golang:1\.16\.4-alpine from the pack\./);
		},
	);

	engineTest('its archives are those of every other engine', async t => {
		const hashes = manifestOf(folder).images.map(({sha256}) => sha256);
		packed.push(hashes);
		t.deepEqual(hashes, packed[0]);
	});
});

engineTests(engineTest => {
	engineTest('a folder with something else in it is left alone', async (t, {env}) => {
		const other = temporaryFolder();
		writeFileSync(path.join(other, 'letter.txt'), 'Dear');
		const {exitCode, stderr} = await runCli(['pack', other], {env});
		t.is(exitCode, 2);
		t.regex(stderr, /is not empty, and there is no pack in it/);
		t.deepEqual(readdirSync(other), ['letter.txt']);
	});

	engineTest('what can’t be pulled is told, and the engine stays as it was', async (t, engine) => {
		const workshop = writePullingWorkshop(['alpine:3.13', '127.0.0.1:1/nosuch:1']);
		const before = await namesOn(engine);
		const args = ['pack', path.join(temporaryFolder(), 'pack'), '--workshop', workshop];
		const {exitCode, stderr} = await runCli(args, {env: engine.env});
		t.is(exitCode, 3, stderr);
		t.regex(stderr, /127\.0\.0\.1:1\/nosuch:1 for linux\/amd64 can’t be pulled\./);
		t.regex(stderr, /Next: check that the registry can be reached/);
		t.deepEqual(await namesOn(engine), before);
	});
});
