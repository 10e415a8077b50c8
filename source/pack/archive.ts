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

/** Nothing in an archive may depend on when, where or by whom it is written. */
const fileHeader = {mode: 0o644, uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0)} as const;

/** The first file in an archive: `docker load` reads from it what the archive contains. */
const listingFile = 'manifest.json';

/** The image in an archive. */
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

/** The names of all files in an archive, in order. A layer that occurs twice is written once. */
const archiveFileNames = ({config, layers}: Omit<ArchivedImage, 'name'>): string[] => [
	listingFile,
	configFile(config),
	...new Set(layers.map(layerFile)),
];

/** The 512 bytes in front of a file. */
export const headerBlock = async (name: string, size: number): Promise<Buffer> => {
	const archive = pack();
	// It is never filled: the rest is discarded.
	archive.entry({...fileHeader, name, size}).on('error', () => {});
	for await (const block of archive) return block as Buffer;
	throw new Error(`There is no header for ${name}.`);
};

const configFile = (digest: string): string => `${digest}.json`;
const layerFile = (digest: string): string => `${digest}.tar`;

/**
 * Writes an image as an archive that every engine can load. The same image gives the same bytes on every engine: its
 * description, then its unpacked layers, each named by its digest. Leaves no file if interrupted.
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

/** Bytes; listings and image configurations are far smaller. */
const maxTextBytes = 4 * 1024 * 1024;
const blockBytes = 512;

/** The configuration of an archive's image, or a sentence on why the archive must not be loaded. */
type ReadArchive = {said: ImageConfig; wrong: null} | {said: null; wrong: string};

/**
 * Reads a whole archive. Accepts only what `writeArchive` writes, byte for byte, except the contents of layers, which
 * the engine checks by their digests: other programs read the many dialects of tar and JSON differently, and use the
 * last of two files with the same name. `name`: the expected image. Rejects if the file can't be read.
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

/** `at`: the offset of its header, in bytes. */
type Entry = {name: string; size: number; at: number};

/** All files in an archive, and the texts of the first two. */
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
			// The offset of its contents, which the library's types lack.
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

/** Describes a file in an archive that is missing, foreign or misplaced; null if there is none. */
const findStray = (archive: string, {names, wanted}: {names: string[]; wanted: string[]}): string | null => {
	const say = messages.pack.forged;
	const place = names.findIndex((name, index) => name !== wanted[index]);
	const stray = names[place];
	if (stray === undefined) return names.length < wanted.length ? say.lacksLayer(archive) : null;
	if (stray === listingFile && place > 0) return say.secondListing(archive, listingFile);
	return wanted.includes(stray) ? say.misplaced(archive, stray) : say.alsoHolds(archive, stray);
};

/** Whether the files follow one another with nothing between or after them, each with its plain header. */
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
		// An archive ends with two empty blocks.
		return (await handle.stat()).size === end + 2 * blockBytes;
	} finally {
		await handle.close();
	}
};
