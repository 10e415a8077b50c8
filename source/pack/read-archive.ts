import {createHash} from 'node:crypto';
import {buffer} from 'node:stream/consumers';
import {extract} from 'tar-stream';
import * as v from 'valibot';
import {openPlainFile} from '../storage/plain-file.js';
import {filesOf, headerBlock, listingFile, listingOf} from './archive-layout.js';
import {type ImageConfig, parseImageConfig} from './choose-image.js';

/** Bytes: no list and no configuration of an image comes near it. */
const mostText = 4 * 1024 * 1024;
const blockBytes = 512;

/** What an archive says of its image; or why it is not an archive that may be loaded: `has a second manifest.json`. */
export type ReadArchive = {said: ImageConfig; wrong: null} | {said: null; wrong: string};

/**
 * Reads an archive to its end. Only what `writeArchive` itself writes passes, byte for byte but for the contents of the
 * layers, which the engine checks by their digests: other programs read the many dialects of tar and JSON in other ways,
 * and take the last of two files of a name. Rejects when the file can't be read.
 */
export const readArchive = async (file: string, name: string, signal: AbortSignal): Promise<ReadArchive> => {
	try {
		const {entries, texts} = await readEntries(file, signal);
		const told = readTold(texts);
		if (!told) return wrong('is no archive of a pack');
		const {said, listing, config} = told;
		const image = {name, config, layers: said.layerDigests.map(digest => digest.replace('sha256:', ''))};
		const names = namesIn(listing);
		const foreign = names.find(one => one !== name);
		if (foreign !== undefined) return wrong(`would also load its image as ${foreign}`);
		const stray = findStray(
			entries.map(entry => entry.name),
			filesOf(image),
		);
		if (stray !== null) return wrong(stray);
		const isExact = listing === listingOf(image) && (await areExact(entries, file));
		return isExact ? {said, wrong: null} : wrong('is not written as this program writes archives');
	} catch (error) {
		signal.throwIfAborted();
		if ((error as {syscall?: unknown}).syscall) throw error;
		return wrong('is no archive of a pack');
	}
};

const wrong = (why: string): ReadArchive => ({said: null, wrong: why});

/** `at`: where its header begins, in bytes. */
type Entry = {name: string; size: number; at: number};

/** All files that an archive holds, and the texts of the first two. */
const readEntries = async (
	file: string,
	signal: AbortSignal,
): Promise<{entries: Entry[]; texts: Buffer[]}> => {
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
			if (texts.length < 2 && size <= mostText) texts.push(await buffer(entry as AsyncIterable<Buffer>));
			else entry.resume();
		}
	} finally {
		source.destroy();
	}
	return {entries, texts};
};

const listingSchema = v.array(v.object({RepoTags: v.nullish(v.array(v.string()))}));

const namesIn = (listing: string): string[] =>
	v.parse(listingSchema, JSON.parse(listing)).flatMap(({RepoTags}) => RepoTags ?? []);

const readTold = ([listing, config]: Buffer[]): {
	said: ImageConfig;
	listing: string;
	config: string;
} | null => {
	if (!listing || !config) return null;
	const said = parseImageConfig(config.toString('utf8'));
	const digest = createHash('sha256').update(config).digest('hex');
	return said && {said, listing: listing.toString('utf8'), config: digest};
};

/** What is in an archive that does not belong there, or not in that place; null when all is in order. */
const findStray = (names: string[], wanted: string[]): string | null => {
	const place = names.findIndex((name, index) => name !== wanted[index]);
	const stray = names[place];
	if (stray === undefined) return names.length < wanted.length ? 'lacks a layer of its image' : null;
	if (stray === listingFile && place > 0) return `has a second ${listingFile}`;
	return wanted.includes(stray) ? `has ${stray} twice, or in the wrong place` : `also holds ${stray}`;
};

/** Whether the files follow upon each other with nothing between and behind them, each with its plain header. */
const areExact = async (entries: Entry[], file: string): Promise<boolean> => {
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
