import {mkdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import test from 'ava';
import {headerBlock, readArchive, writeArchive} from '../../source/pack/archive.js';
import {findSavedImage, type SavedImage, spoolSave} from '../../source/pack/saved-image.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {configOf, digestOf, inPieces, sampleSaves, tar} from './sample-saves.js';

/** One for each: who listens to it stays until it is collected. */
const never = () => new AbortController().signal;
const onBytes = () => {};
const saves = await sampleSaves();

const choose = async (save: Buffer, platform: string): Promise<SavedImage | null> => {
	const folder = path.join(temporaryFolder(), 'spool');
	mkdirSync(folder);
	return findSavedImage(await spoolSave(inPieces(save), folder, onBytes, never()), platform);
};

const archiveOf = async (save: Buffer): Promise<{file: string; sha256: string; bytes: number}> => {
	const image = await choose(save, 'linux/amd64');
	const file = path.join(temporaryFolder(), 'a.tar');
	if (!image) throw new Error('The save has no such image.');
	return {file, ...(await writeArchive(file, 'a:1', image, {onBytes, signal: never()}))};
};

test.serial('whichever engine saved an image, its archive has the same bytes', async t => {
	const archives = await Promise.all(Object.values(saves).map(archiveOf));
	t.is(new Set(archives.map(({sha256}) => sha256)).size, 1);
	for (const {file, sha256, bytes} of archives) {
		const written = readFileSync(file);
		t.is(written.length, bytes);
		t.is(digestOf(written), sha256);
	}
});

test.serial('an archive says what it holds', async t => {
	const {file} = await archiveOf(saves.containerd);
	const {said} = await readArchive(file, {file: 'a.tar', name: 'a:1'}, never());
	t.is(said?.platform, 'linux/amd64');
	t.true(said?.standIn);
	t.is(said?.layerDigests.length, 3);
	t.is(said?.layerDigests[0], said?.layerDigests[2]);
});

test.serial('archives are written as ever: packs of earlier versions are read by these bytes', async t => {
	t.is(
		digestOf(
			Buffer.concat([await headerBlock('manifest.json', 2), await headerBlock('a.tar', 9_000_000_000)]),
		),
		'549c6de74bf01fa19d387182b99650a1d2a67197c7d47c5a5c3eab22dc1b6dda',
	);
});

test.serial('of several platforms the one that is asked for is found', async t => {
	const image = await choose(saves.containerd, 'linux/arm64');
	t.is(image?.platform, 'linux/arm64/v8');
	t.is(image?.layers.length, 1);
	t.is(await choose(saves.containerd, 'linux/s390x'), null);
	t.is(await choose(saves['engine 26'], 'linux/arm64'), null);
});

test.serial('a layer that is not what the image says is not packed', async t => {
	const layer = await tar([['a', 'a']]);
	const config = configOf([await tar([['b', 'b']])]);
	const manifest = JSON.stringify([{Config: 'c.json', RepoTags: ['a:1'], Layers: ['l.tar']}]);
	const save = await tar([
		['l.tar', layer],
		['c.json', config],
		['manifest.json', manifest],
	]);
	t.is(await choose(save, 'linux/amd64'), null);
});

test.serial('a save that breaks off is an error', async t => {
	const save = saves['engine 26'];
	const folder = temporaryFolder();
	await t.throwsAsync(spoolSave(inPieces(save.subarray(0, save.length / 2)), folder, onBytes, never()));
	const torn = Readable.from(
		(async function* () {
			yield save.subarray(0, 2000);
			throw new Error('the engine went away');
		})(),
	);
	await t.throwsAsync(spoolSave(torn, folder, onBytes, never()), {message: 'the engine went away'});
});

test.serial('what is cut off while it is written leaves no archive', async t => {
	const image = await choose(saves['engine 26'], 'linux/amd64');
	const folder = temporaryFolder();
	const file = path.join(folder, 'a.tar');
	const abort = new AbortController();
	const writing = writeArchive(file, 'a:1', image as SavedImage, {
		onBytes: () => abort.abort(),
		signal: abort.signal,
	});
	await t.throwsAsync(writing);
	t.throws(() => readFileSync(file));
	t.throws(() => readFileSync(`${file}.part`));
});
