import {createReadStream, createWriteStream} from 'node:fs';
import {readFile, rename, rm, stat} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {pack} from 'tar-stream';
import type {SavedImage} from './choose-image.js';
import {createHashStream} from './hash-stream.js';

/**
 * Writes an image as an archive that every engine loads, whichever engine it is from: the same image is the same bytes.
 * First what it says of itself, then its layers, unpacked, each named by its digest. What is cut off leaves no file.
 */
export const writeArchive = async (
	file: string,
	name: string,
	{config, layers}: SavedImage,
	{onBytes, signal}: {onBytes(done: number): void; signal: AbortSignal},
): Promise<{bytes: number; sha256: string}> => {
	const part = `${file}.part`;
	const hash = createHashStream(onBytes);
	const archive = pack();
	const configName = `${config.sha256}.json`;
	const contents = JSON.stringify([
		{Config: configName, RepoTags: [name], Layers: layers.map(({sha256}) => `${sha256}.tar`)},
	]);
	const fill = async () => {
		archive.entry({...header, name: 'manifest.json'}, contents);
		archive.entry({...header, name: configName}, await readFile(config.file));
		for (const layer of new Map(layers.map(one => [one.sha256, one])).values()) {
			const {size} = await stat(layer.file);
			const entry = archive.entry({...header, name: `${layer.sha256}.tar`, size});
			await pipeline(createReadStream(layer.file, {highWaterMark: 256 * 1024}), entry, {signal});
		}
		archive.finalize();
	};
	try {
		await Promise.all([
			pipeline(archive, hash.stream, createWriteStream(part), {signal}),
			fill().catch(error => {
				archive.destroy(error);
				throw error;
			}),
		]);
		await rename(part, file);
	} catch (error) {
		await rm(part, {force: true});
		throw error;
	}
	return {bytes: hash.bytes(), sha256: hash.digest()};
};

/** Nothing in it may depend on when, where and by whom it is written. */
const header = {mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0)} as const;
