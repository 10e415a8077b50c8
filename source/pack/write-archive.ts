import {createReadStream, createWriteStream} from 'node:fs';
import {readFile, rename, rm, stat} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {pack} from 'tar-stream';
import {configFile, fileHeader, layerFile, listingFile, listingOf} from './archive-layout.js';
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
	const image = {name, config: config.sha256, layers: layers.map(({sha256}) => sha256)};
	const fill = async () => {
		archive.entry({...fileHeader, name: listingFile}, listingOf(image));
		archive.entry({...fileHeader, name: configFile(image.config)}, await readFile(config.file));
		for (const layer of new Map(layers.map(one => [one.sha256, one])).values()) {
			const {size} = await stat(layer.file);
			const entry = archive.entry({...fileHeader, name: layerFile(layer.sha256), size});
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
