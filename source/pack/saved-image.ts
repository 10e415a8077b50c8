import {createHash} from 'node:crypto';
import {createWriteStream} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {Readable, Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import zlib from 'node:zlib';
import {extract} from 'tar-stream';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {isPlatform} from './manifest.js';

/** One image of a saved archive: the parts that go into a pack. */
export type SavedImage = {config: SpooledFile; layers: SpooledFile[]} & ImageConfig;

/** What an image's configuration says. */
export type ImageConfig = {
	/** `linux/arm/v7` */
	platform: string;
	/** `sha256:` and the digest of each unpacked layer, lowest first. */
	layerDigests: string[];
	/** Whether its label marks it as made for tests, in place of the real image. */
	standIn: boolean;
};

const configSchema = v.object({
	os: v.string(),
	architecture: v.string(),
	variant: v.optional(v.string()),
	config: v.nullish(v.object({Labels: v.nullish(v.record(v.string(), v.string()))})),
	rootfs: v.object({diff_ids: v.array(v.string())}),
});
const dockerSchema = v.array(v.object({Config: v.string(), Layers: v.nullable(v.array(v.string()))}));
const digested = v.object({digest: v.string()});
const indexSchema = v.object({manifests: v.array(digested)});
const manifestSchema = v.object({config: digested, layers: v.array(digested)});

/** Parses an image's configuration. Null if it isn't one: attestations have something else in its place. */
export const parseImageConfig = (text: string): ImageConfig | null => {
	const {success, output} = v.safeParse(configSchema, JSON.parse(text));
	if (!success) return null;
	const {os, architecture, variant, config, rootfs} = output;
	return {
		platform: [os, architecture, variant].filter(Boolean).join('/'),
		layerDigests: rootfs.diff_ids,
		standIn: config?.Labels?.['multistage-workshop.stand-in'] === 'true',
	};
};

/**
 * Finds the image for a platform in a saved archive, with all of its layers. Null if it isn't there: the containerd
 * store saves what it has of a multi-platform image. Rejects if the files are not such an archive.
 */
export const findSavedImage = async (
	files: ReadonlyMap<string, SpooledFile>,
	platform: string,
): Promise<SavedImage | null> => {
	const candidates = [...(await listedByDocker(files)), ...(await listedByIndex(files, 'index.json'))];
	for (const {config, layers} of candidates) {
		if (!config || layers.some(layer => layer === undefined)) continue;
		const said = parseImageConfig(await readFile(config.file, 'utf8'));
		if (!said) continue;
		const given = layers.filter(layer => layer !== undefined);
		const isWhole =
			said.layerDigests.length === given.length &&
			said.layerDigests.every((digest, index) => digest === `sha256:${given[index]?.sha256}`);
		if (isWhole && isPlatform(said.platform, platform)) return {config, layers: given, ...said};
	}
	return null;
};

type Candidate = {config: SpooledFile | undefined; layers: Array<SpooledFile | undefined>};
type Files = ReadonlyMap<string, SpooledFile>;

const listedByDocker = async (files: Files): Promise<Candidate[]> => {
	const listed = await readJson(files, 'manifest.json', dockerSchema);
	return (listed ?? []).map(({Config, Layers}) => ({
		config: files.get(Config),
		layers: (Layers ?? []).map(layer => files.get(layer)),
	}));
};

/** An index may list other indexes, and attestations, which are no images. */
const listedByIndex = async (files: Files, name: string): Promise<Candidate[]> => {
	const index = await readJson(files, name, indexSchema);
	const listed = (index?.manifests ?? []).map(async ({digest}): Promise<Candidate[]> => {
		const blob = blobPath(digest);
		const manifest = await readJson(files, blob, manifestSchema);
		if (!manifest) return listedByIndex(files, blob);
		const {config, layers} = manifest;
		return [
			{
				config: files.get(blobPath(config.digest)),
				layers: layers.map(layer => files.get(blobPath(layer.digest))),
			},
		];
	});
	return (await Promise.all(listed)).flat();
};

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** Null if there is no such file, or it contains something else. */
const readJson = async <Schema extends v.GenericSchema>(
	files: Files,
	name: string,
	schema: Schema,
): Promise<v.InferOutput<Schema> | null> => {
	const found = files.get(name);
	if (!found) return null;
	const parsed = v.safeParse(schema, JSON.parse(await readFile(found.file, 'utf8')));
	return parsed.success ? parsed.output : null;
};

/** A file of a saved image, decompressed if necessary. */
export type SpooledFile = {file: string; sha256: string};

/**
 * Splits the output of `docker save` into files in `folder`, returned by their paths in the archive. Decompresses
 * layers, which only the containerd store saves compressed.
 */
export const spoolSave = async (
	archive: Readable,
	folder: string,
	onBytes: (done: number) => void,
	signal: AbortSignal,
): Promise<Map<string, SpooledFile>> => {
	const files = new Map<string, SpooledFile>();
	const links = new Map<string, string>();
	const entries = extract();
	const feeding = pipeline(archive, createCounter(onBytes), entries, {signal});
	// The loop below and `await feeding` report a failure.
	feeding.catch(() => {});
	for await (const entry of entries) {
		const {name, type, linkname} = entry.header;
		if (type === 'file') {
			const file = path.join(folder, String(files.size));
			files.set(path.posix.normalize(name), {file, sha256: await spool(entry, file, signal)});
		} else {
			// Engine 20 saves a layer that occurs twice as a link to the first.
			if (type === 'symlink' && linkname)
				links.set(name, path.posix.join(path.posix.dirname(name), linkname));
			entry.resume();
		}
	}
	await feeding;
	for (const [name, target] of links) {
		const linked = files.get(target);
		if (linked) files.set(path.posix.normalize(name), linked);
	}
	return files;
};

const spool = async (entry: AsyncIterable<unknown>, file: string, signal: AbortSignal): Promise<string> => {
	const hash = createHashStream();
	const {head, whole} = await peek(entry);
	const target = createWriteStream(file);
	const unpack = unpackerFor(head);
	if (unpack) await pipeline(Readable.from(whole), unpack, hash.stream, target, {signal});
	else await pipeline(Readable.from(whole), hash.stream, target, {signal});
	return hash.finish().sha256;
};

/** The first four bytes (fewer if there are no more), and everything including them. */
const peek = async (entry: AsyncIterable<unknown>): Promise<{head: Buffer; whole: AsyncIterable<Buffer>}> => {
	const chunks = (entry as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < 4) {
		const {value, done} = await chunks.next();
		if (done) break;
		head = Buffer.concat([head, value]);
	}
	const whole = async function* () {
		yield head;
		for (;;) {
			const {value, done} = await chunks.next();
			if (done) return;
			yield value;
		}
	};
	return {head, whole: whole()};
};

const unpackerFor = (head: Buffer): Transform | null => {
	if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) {
		return zlib.createGunzip();
	}
	if (head.length < 4 || head.readUInt32BE(0) !== 0x28b52ffd) return null;
	// Available since Node 22.15.
	const {createZstdDecompress} = zlib as {createZstdDecompress?: () => Transform};
	if (createZstdDecompress) return createZstdDecompress();
	throw new UserError(messages.pack.zstd);
};

/** Creates a stream that passes bytes on, and calls back with the number so far and each piece. */
export const createCounter = (onBytes: (done: number, piece: Buffer) => void): Transform => {
	let done = 0;
	return new Transform({
		transform(piece: Buffer, _encoding, pass) {
			done += piece.length;
			onBytes(done, piece);
			pass(null, piece);
		},
	});
};

/** Creates a counter that also computes the SHA-256 (hexadecimal) of all bytes. */
export const createHashStream = (onBytes: (done: number) => void = () => {}) => {
	const hash = createHash('sha256');
	let bytes = 0;
	const stream = createCounter((done, piece) => {
		hash.update(piece);
		bytes = done;
		onBytes(done);
	});
	return {stream, finish: () => ({bytes, sha256: hash.digest('hex')})};
};
