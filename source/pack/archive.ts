import {createHash} from 'node:crypto';
import {createReadStream, createWriteStream} from 'node:fs';
import {readFile, rename, rm, stat} from 'node:fs/promises';
import {buffer} from 'node:stream/consumers';
import {pipeline} from 'node:stream/promises';
import {extract, pack} from 'tar-stream';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {openPlainFile} from '../storage/files.js';
import type {PackedImage} from './manifest.js';
import {createHashStream, type ImageConfig, parseImageConfig, type SavedImage} from './saved-image.js';

/** Nothing in an archive may depend on when, where and by whom it is written. */
const fileHeader = {mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0)} as const;

/** What an archive says of itself: the first file in it, by which `docker load` goes. */
const listingFile = 'manifest.json';

/** The image that is in an archive. */
type ArchivedImage = {
	/** With its tag. */
	name: string;
	/** SHA-256 of its configuration, hexadecimal. */
	config: string;
	/** SHA-256 of its unpacked layers, hexadecimal, lowest first. */
	layers: string[];
};

/** The text of `manifest.json`. */
const archiveListing = ({name, config, layers}: ArchivedImage): string =>
	JSON.stringify([
		{Config: configFile(config), RepoTags: [name], Layers: layers.map(digest => layerFile(digest))},
	]);

/** The names of all files of an archive, in their order; a layer that is there twice is written once. */
const archiveFileNames = ({config, layers}: Omit<ArchivedImage, 'name'>): string[] => [
	listingFile,
	configFile(config),
	...new Set(layers.map(layerFile)),
];

/** The 512 bytes that are written before a file. */
export const headerBlock = async (name: string, size: number): Promise<Buffer> => {
	const archive = pack();
	// It is never filled: the rest of it is thrown away.
	archive.entry({...fileHeader, name, size}).on('error', () => {});
	for await (const block of archive) return block as Buffer;
	throw new Error(`There is no header for ${name}.`);
};

const configFile = (digest: string): string => `${digest}.json`;
const layerFile = (digest: string): string => `${digest}.tar`;

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
		archive.entry({...fileHeader, name: listingFile}, archiveListing(image));
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
	return hash.finish();
};

/** Bytes: no list and no configuration of an image comes near it. */
const maxTextBytes = 4 * 1024 * 1024;
const blockBytes = 512;

/** What an archive says of its image; or why it is not an archive that may be loaded, as a sentence. */
type ReadArchive = {said: ImageConfig; wrong: null} | {said: null; wrong: string};

/**
 * Reads an archive to its end. Only what `writeArchive` itself writes passes, byte for byte but for the contents of the
 * layers, which the engine checks by their digests: other programs read the many dialects of tar and JSON in other ways,
 * and take the last of two files of a name. `image`: the one that is to be in it. Rejects when the file can't be read.
 */
export const readArchive = async (
	place: string,
	{file, name}: Pick<PackedImage, 'file' | 'name'>,
	signal: AbortSignal,
): Promise<ReadArchive> => {
	const say = messages.pack.forged;
	try {
		const {entries, texts} = await readEntries(place, signal);
		const found = readImageTexts(texts);
		if (!found) return {said: null, wrong: say.noArchive(file)};
		const {said, listing, config} = found;
		const image = {name, config, layers: said.layerDigests.map(digest => digest.replace('sha256:', ''))};
		const tags = v.parse(listingSchema, JSON.parse(listing)).flatMap(({RepoTags}) => RepoTags ?? []);
		const foreign = tags.find(one => one !== name);
		if (foreign !== undefined) return {said: null, wrong: say.otherName(file, foreign)};
		const stray = findStray(file, {
			names: entries.map(entry => entry.name),
			wanted: archiveFileNames(image),
		});
		if (stray !== null) return {said: null, wrong: stray};
		const isExact = listing === archiveListing(image) && (await isExactLayout(entries, place));
		return isExact ? {said, wrong: null} : {said: null, wrong: say.otherWriting(file)};
	} catch (error) {
		signal.throwIfAborted();
		if ((error as {syscall?: unknown}).syscall) throw error;
		return {said: null, wrong: say.noArchive(file)};
	}
};

/** `at`: where its header begins, in bytes. */
type Entry = {name: string; size: number; at: number};

/** All files that an archive holds, and the texts of the first two. */
const readEntries = async (file: string, signal: AbortSignal) => {
	const handle = await openPlainFile(file);
	const source = handle.createReadStream({highWaterMark: 1024 * 1024, signal});
	const archive = extract();
	source.on('error', error => archive.destroy(error));
	source.pipe(archive);
	const entries: Entry[] = [];
	const texts: Buffer[] = [];
	try {
		for await (const entry of archive) {
			const {name, size = 0} = entry.header;
			// Where its contents begin, which the types of the library don't name.
			const {byteOffset} = entry.header as {byteOffset?: number};
			entries.push({name, size, at: (byteOffset ?? 0) - blockBytes});
			if (texts.length < 2 && size <= maxTextBytes) texts.push(await buffer(entry as AsyncIterable<Buffer>));
			else entry.resume();
		}
	} finally {
		source.destroy();
	}
	return {entries, texts};
};

const listingSchema = v.array(v.object({RepoTags: v.nullish(v.array(v.string()))}));

const readImageTexts = ([listing, config]: Buffer[]) => {
	if (!listing || !config) return null;
	const said = parseImageConfig(config.toString('utf8'));
	const digest = createHash('sha256').update(config).digest('hex');
	return said && {said, listing: listing.toString('utf8'), config: digest};
};

/** What is in an archive that does not belong there, or not in that place; null when all is in order. */
const findStray = (archive: string, {names, wanted}: {names: string[]; wanted: string[]}): string | null => {
	const say = messages.pack.forged;
	const place = names.findIndex((name, index) => name !== wanted[index]);
	const stray = names[place];
	if (stray === undefined) return names.length < wanted.length ? say.lacksLayer(archive) : null;
	if (stray === listingFile && place > 0) return say.secondListing(archive, listingFile);
	return wanted.includes(stray) ? say.misplaced(archive, stray) : say.alsoHolds(archive, stray);
};

/** Whether the files follow upon each other with nothing between and behind them, each with its plain header. */
const isExactLayout = async (entries: Entry[], file: string): Promise<boolean> => {
	const handle = await openPlainFile(file);
	try {
		let end = 0;
		for (const {name, size, at} of entries) {
			if (at !== end) return false;
			const block = Buffer.alloc(blockBytes);
			await handle.read(block, 0, blockBytes, at);
			if (!block.equals(await headerBlock(name, size))) return false;
			end = at + blockBytes + Math.ceil(size / blockBytes) * blockBytes;
		}
		// Two empty blocks are its end.
		return (await handle.stat()).size === end + 2 * blockBytes;
	} finally {
		await handle.close();
	}
};
