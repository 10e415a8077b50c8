import {cpSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import type {Manifest} from '../../source/pack/manifest.js';
import {selectImages, verifyPack} from '../../source/pack/verify-pack.js';
import {UserError} from '../../source/text/user-error.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {brokenOldPacks, brokenPacks} from './broken-packs.js';
import {sampleWorkshop, writeManifest, writeSamplePack} from './sample-pack.js';
import {tamperedArchives} from './tampered-archives.js';

const sample = await writeSamplePack();

const copyPack = (): {folder: string; manifest: Manifest} => {
	const folder = path.join(temporaryFolder(), 'pack');
	cpSync(sample.folder, folder, {recursive: true});
	return {folder, manifest: structuredClone(sample.manifest)};
};

/** One whose manifest lists the archives only. */
const copyOldPack = (): {folder: string; manifest: Manifest} => {
	const {folder, manifest} = copyPack();
	const {files: _, ...old} = {...manifest, program: '0.1.0'};
	writeManifest(folder, old);
	return {folder, manifest: old};
};

const verify = (folder: string, workshop = sampleWorkshop) =>
	verifyPack(folder, {workshop, onProgress() {}, signal: new AbortController().signal});

test.serial('a sound pack is found sound', async t => {
	const {folder, manifest} = copyPack();
	t.like(await verify(folder), {folder, manifest, images: manifest.images, unchecked: null});
});

const both = [
	{id: 'first', hash: ''},
	{id: 'sample', hash: ''},
];
for (const {id, images, holds} of [
	{id: 'first', images: ['a:1', 'b'], holds: ['a:1', 'b:latest']},
	{id: 'sample', images: ['b'], holds: ['b:latest']},
]) {
	test.serial(`a pack for two workshops gives ${id} the images that it needs`, async t => {
		const {folder, manifest} = copyPack();
		writeManifest(folder, {...manifest, workshop: both[0], workshops: both});
		const verified = await verify(folder, {id, images});
		t.deepEqual(
			verified.images.map(({name}) => name),
			holds,
		);
	});
}

test.serial('a pack for two workshops names both to a third', async t => {
	const {folder, manifest} = copyPack();
	writeManifest(folder, {...manifest, workshop: both[0], workshops: both});
	const error = await t.throwsAsync(verify(folder, {id: 'third', images: []}), {instanceOf: UserError});
	t.regex(error?.message ?? '', /is for the workshops first and sample, not for third/);
	t.regex(error?.next ?? '', /open one of them with `--workshop \S*\/first` or `--workshop \S*\/sample`, or/);
});

test.serial('what a file manager leaves in a folder does no harm', async t => {
	const {folder, manifest} = copyPack();
	for (const name of ['.DS_Store', '._workshop.md', 'Thumbs.db']) {
		writeFileSync(path.join(folder, 'workshops', 'sample', name), 'litter');
	}
	t.like(await verify(folder), {manifest, unchecked: null});
});

test.serial('what a learner keeps in the folder of a pack is no part of it', async t => {
	const {folder, manifest} = copyPack();
	mkdirSync(path.join(folder, 'multi-stage'));
	writeFileSync(path.join(folder, 'report.html'), 'mine');
	t.like(await verify(folder), {manifest, unchecked: null});
});

test.serial('a pack of version 0.1.0 is read, and what can’t be checked in it is told', async t => {
	const {folder} = copyOldPack();
	writeFileSync(path.join(folder, 'multistage-workshop.mjs'), 'Another program.');
	const {unchecked} = await verify(folder);
	t.regex(unchecked ?? '', /written by version 0\.1\.0, which recorded no hashes of the program/);
});

for (const {what, break: breakIt, says, copy} of [
	...[...brokenPacks, ...tamperedArchives].map(one => ({...one, copy: copyPack})),
	...brokenOldPacks.map(one => ({...one, what: `${one.what} in a pack of version 0.1.0`, copy: copyOldPack})),
]) {
	test.serial(`${what} is told as such`, async t => {
		const {folder, manifest} = copy();
		await breakIt(folder, manifest);
		const error = await t.throwsAsync(verify(folder), {instanceOf: UserError});
		t.regex(error?.message ?? '', says);
		t.truthy(error?.next, 'says what to do');
	});
}

test.serial('all of it is looked at, and how far that is can be told', async t => {
	const {folder, manifest} = copyPack();
	const parts = [...manifest.images, ...(manifest.files ?? [])];
	const total = parts.reduce((sum, {bytes}) => sum + bytes, 0);
	const done: number[] = [];
	await verifyPack(folder, {
		workshop: sampleWorkshop,
		onProgress: progress => {
			t.is(progress.total, total);
			done.push(progress.done);
		},
		signal: new AbortController().signal,
	});
	t.deepEqual(
		done,
		done.toSorted((a, b) => a - b),
	);
	t.is(done.at(-1), total);
});

test.serial('a pack for other platforms than the engine’s is refused', async t => {
	const pack = await verify(copyPack().folder);
	t.is(selectImages(pack, 'linux/amd64').length, 2);
	const error = t.throws(() => selectImages(pack, 'linux/arm64'), {instanceOf: UserError});
	t.regex(error?.message ?? '', /is for linux\/amd64, and your Docker engine runs linux\/arm64/);
	t.regex(error?.next ?? '', /--platform linux\/arm64/);
});

test.serial('checking can be cancelled', async t => {
	const abort = new AbortController();
	const checking = verifyPack(copyPack().folder, {
		workshop: sampleWorkshop,
		onProgress: () => abort.abort(new Error('enough')),
		signal: abort.signal,
	});
	await t.throwsAsync(checking, {message: 'enough'});
});
