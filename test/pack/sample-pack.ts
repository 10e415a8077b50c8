import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {writeArchive} from '../../source/pack/archive.js';
import type {Manifest} from '../../source/pack/manifest.js';
import {hashWorkshop} from '../../source/pack/pack-files.js';
import {findSavedImage, spoolSave} from '../../source/pack/saved-image.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {configOf, digestOf, inPieces, tar} from './sample-saves.js';

/** The workshop that the sample pack is for. */
export const sampleWorkshop = {id: 'sample', images: ['a:1', 'b']};

/** What else than archives it holds. */
const otherFiles = {
	'START-HERE.md': 'Start here.',
	'multistage-workshop-0.2.0.tgz': 'A tarball.',
	'multistage-workshop.mjs': 'A program.',
	'workshops/sample/workshop.md': 'A sample.',
};

/** Writes a sound pack of two small images into a new folder. */
export const writeSamplePack = async (): Promise<{folder: string; manifest: Manifest}> => {
	const folder = temporaryFolder();
	for (const inner of ['images', 'spool', 'workshops/sample']) {
		mkdirSync(path.join(folder, inner), {recursive: true});
	}
	for (const [file, text] of Object.entries(otherFiles)) writeFileSync(path.join(folder, file), text);
	const images = [await writeImage(folder, 'a:1'), await writeImage(folder, 'b:latest')];
	const workshop = {id: 'sample', hash: hashWorkshop(path.join(folder, 'workshops', 'sample'))};
	const files = Object.entries(otherFiles).map(([file, text]) => ({
		file,
		bytes: text.length,
		sha256: digestOf(text),
	}));
	const manifest: Manifest = {format: 1, program: '0.2.0', workshop, images, files};
	writeManifest(folder, manifest);
	return {folder, manifest};
};

export const writeManifest = (folder: string, manifest: object): void =>
	writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));

const writeImage = async (folder: string, name: string): Promise<Manifest['images'][number]> => {
	const layer = await tar([['etc/name', name.repeat(1000)]]);
	const config = configOf([layer]);
	const listed = [{Config: 'config.json', RepoTags: [name], Layers: ['layer.tar']}];
	const save = await tar([
		['layer.tar', layer],
		['config.json', config],
		['manifest.json', JSON.stringify(listed)],
	]);
	const {signal} = new AbortController();
	const spool = path.join(folder, 'spool', name.replace(':', '-'));
	mkdirSync(spool);
	const image = await findSavedImage(await spoolSave(inPieces(save), spool, () => {}, signal), 'linux/amd64');
	if (!image) throw new Error('The sample has no image.');
	const file = `images/${name.replace(':', '-')}.tar`;
	const written = await writeArchive(path.join(folder, file), name, image, {onBytes() {}, signal});
	return {
		name,
		platform: 'linux/amd64',
		file,
		...written,
		layers: [`sha256:${digestOf(layer)}`],
		standIn: true,
	};
};
