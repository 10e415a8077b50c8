import {copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Manifest} from '../../source/pack/manifest.js';
import {hashFile, hashWorkshop, listParts} from '../../source/pack/pack-files.js';
import {writeManifest, writeSamplePack} from '../pack/sample-pack.js';
import {builtProgram} from '../tools/built-program.js';

/** A pack of this program and its workshops, whose images are small and of no use. */
export const writeHandOutPack = async () => {
	const {folder, manifest: sample} = await writeSamplePack();
	cpSync(path.resolve('workshops'), path.join(folder, 'workshops'), {recursive: true});
	mkdirSync(path.join(folder, 'workshops', 'sample'), {recursive: true});
	writeFileSync(path.join(folder, 'workshops', 'sample', 'workshop.md'), 'A sample.');
	copyFileSync(builtProgram, path.join(folder, 'multistage-workshop.mjs'));
	const {signal} = new AbortController();
	const files = [];
	for (const file of listParts(folder))
		files.push({file, ...(await hashFile(path.join(folder, file), () => {}, signal))});
	const workshops = ['multi-stage', 'build-cache', 'sample'].map(id => ({
		id,
		hash: hashWorkshop(path.join(folder, 'workshops', id)),
	}));
	const manifest = {...sample, workshops, workshop: workshops[0], files} as Manifest;
	writeManifest(folder, manifest);
	return {folder, manifest, bytes: readFileSync(path.join(folder, 'manifest.json'))};
};

/** The same with a first image of so many bytes, which is no archive. */
export const writeLargePack = async (size: number) => {
	const {folder, manifest} = await writeHandOutPack();
	const [first, ...others] = manifest.images as [Manifest['images'][number], ...Manifest['images']];
	const place = path.join(folder, first.file);
	writeFileSync(place, Buffer.alloc(size, 'layer'));
	const hashed = await hashFile(place, () => {}, new AbortController().signal);
	writeManifest(folder, {...manifest, images: [{...first, ...hashed}, ...others]});
	return {folder, manifest: readFileSync(path.join(folder, 'manifest.json')), size};
};
