import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {configOf, digestOf, tar} from '../pack/sample-saves.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {writePullingWorkshop} from './write-pulling-workshop.js';

const image = 'two-platforms:1';
const both = ['--platform', 'linux/amd64,linux/arm64'];

/** The registry that the engine asks in the place of Docker's; null when it was started without. */
const registryOf = async ({docker}: TestEngine): Promise<string | null> => {
	const mirrors: string[] = JSON.parse(await docker('info', '-f', '{{json .RegistryConfig.Mirrors}}'));
	return mirrors?.[0] ?? null;
};

/** Puts an image of one platform into the registry; resolves with its entry in an index. */
const publish = async ({docker}: TestEngine, registry: string, architecture: string) => {
	const layer = await tar([['etc/platform', architecture]]);
	const listed = [{Config: 'c.json', RepoTags: [`part:${architecture}`], Layers: ['l.tar']}];
	const file = path.join(temporaryFolder(), 'image.tar');
	writeFileSync(
		file,
		await tar([
			['c.json', configOf([layer], architecture)],
			['l.tar', layer],
			['manifest.json', JSON.stringify(listed)],
		]),
	);
	await docker('load', '-i', file);
	const target = `${new URL(registry).host}/library/two-platforms:${architecture}`;
	await docker('tag', `part:${architecture}`, target);
	await docker('push', target);
	await docker('rmi', target, `part:${architecture}`);
	const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
	const url = new URL(`/v2/library/two-platforms/manifests/${architecture}`, registry);
	const manifest = await (await fetch(url, {headers: {accept: mediaType}})).text();
	return {
		mediaType,
		size: Buffer.byteLength(manifest),
		digest: `sha256:${digestOf(manifest)}`,
		platform: {os: 'linux', architecture},
	};
};

/** Puts one name for both platforms into the registry, as Docker's own has them. */
const publishBoth = async (engine: TestEngine, registry: string): Promise<void> => {
	const mediaType = 'application/vnd.docker.distribution.manifest.list.v2+json';
	const manifests = [await publish(engine, registry, 'amd64'), await publish(engine, registry, 'arm64')];
	const url = new URL('/v2/library/two-platforms/manifests/1', registry);
	const {status} = await fetch(url, {
		method: 'PUT',
		headers: {'content-type': mediaType},
		body: JSON.stringify({schemaVersion: 2, mediaType, manifests}),
	});
	if (status !== 201) throw new Error(`The registry answers ${status}.`);
};

engineTests(engineTest => {
	const namesOn = async ({docker}: TestEngine) =>
		(await docker('image', 'ls', '-a', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}'))
			.split('\n')
			.sort();
	const packBoth = async ({env}: TestEngine) => {
		const folder = path.join(temporaryFolder(), 'pack');
		const args = ['pack', folder, '--workshop', writePullingWorkshop([image]), ...both];
		const {stderr, exitCode} = await runCli(args, {env});
		return {stderr, exitCode, folder};
	};

	engineTest('both platforms are packed, and the names are given back', async (t, engine) => {
		const registry = await registryOf(engine);
		if (registry === null) {
			t.pass('The engine was started without a registry.');
			return;
		}
		await publishBoth(engine, registry);
		for (const present of [false, true]) {
			if (present) await engine.docker('pull', image);
			const before = await namesOn(engine);
			const {folder, exitCode, stderr} = await packBoth(engine);
			t.is(exitCode, 0, stderr);
			t.deepEqual(await namesOn(engine), before, `the image was ${present ? '' : 'not '}there before`);
			const {images} = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
			t.deepEqual(
				images.map(({platform}: {platform: string}) => platform),
				['linux/amd64', 'linux/arm64'],
			);
			t.not(images[0].layers[0], images[1].layers[0]);
		}
	});

	engineTest('a platform that the registry has not is told', async (t, engine) => {
		if ((await registryOf(engine)) === null) {
			t.pass('The engine was started without a registry.');
			return;
		}
		const before = await namesOn(engine);
		const folder = path.join(temporaryFolder(), 'pack');
		const args = ['pack', folder, '--platform', 'linux/s390x'];
		const {stderr, exitCode} = await runCli(args, {env: engine.env});
		t.is(exitCode, 3);
		t.regex(stderr, /alpine:3\.13 for linux\/s390x/);
		t.deepEqual(await namesOn(engine), before);
	});
});
