import {randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, renameSync, rmSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {mapLimited} from '../engine/endpoint.js';
import {messages} from '../messages/index.js';
import {listNames, tryRead} from '../storage/files.js';
import {combineHashes, sha256} from '../storage/hashes.js';
import {acquireLock} from '../storage/process-locks.js';
import {makePrivateFolder} from '../storage/state-folder.js';
import {findShippedFolder, obtainedFolder} from '../storage/workshop-files.js';
import {UserError} from '../text/user-error.js';
import {shippedHashes} from '../workshop/parsed-workshops.js';
import {downloadFile} from './download.js';
import {comparePack, type EngineImages, type PackState} from './load-pack.js';
import {
	type Manifest,
	manifestFile,
	maxManifestBytes,
	type PackedFile,
	packedWorkshops,
	parseManifest,
} from './manifest.js';
import {hashWorkshop, splitInside} from './pack-files.js';
import type {OnProgress} from './progress.js';
import {assertNoDuplicates, selectNeeded, type VerifiedPack, verifyParts} from './verify-pack.js';
import {type Patience, requestPatiently, usualPatience} from './web-client.js';

/** Where a pack comes from. */
export type PackSource = {
	/** The `http` or `https` address of its folder, on any web server. */
	url: string;
	/** The manifest, if it came another way; null: it is downloaded too. */
	manifest?: Buffer | null;
	/** The SHA-256 that the manifest must have; null if any will do. */
	manifestHash?: string | null;
};

/** What every download needs. `stateFolder`: below it, downloads are kept until they are complete. */
export type RemoteOptions = {
	stateFolder: string;
	onProgress: OnProgress;
	signal: AbortSignal;
	patience?: Patience;
};

/** A pack on a web server, of which only the manifest is here. */
export type RemotePack = {
	/** Its address, ending with a slash. */
	url: URL;
	/** The address as people see it, without a password. */
	place: string;
	manifest: Manifest;
	/** For downloads, absolute; named after the hash of the manifest. */
	folder: string;
};

/** Gets the manifest of a pack. Rejects with a `UserError` if there is no pack. */
export const openRemotePack = async (source: PackSource, options: RemoteOptions): Promise<RemotePack> => {
	const url = parseAddress(source.url);
	const place = `${url.origin}${url.pathname}`;
	const bytes = source.manifest ?? (await fetchManifest(url, options));
	const hash = sha256(bytes);
	if ((source.manifestHash ?? hash) !== hash) throw new UserError(messages.pack.remote.otherPack(place));
	// Some servers answer every address with the same page.
	if (!bytes.toString('utf8').trimStart().startsWith('{'))
		throw new UserError(messages.pack.remote.noPack(place, manifestFile));
	const manifest = parseManifest(bytes, place);
	assertNoDuplicates(manifest);
	for (const {file} of [...manifest.images, ...(manifest.files ?? [])]) splitInside(file);
	return {url, place, manifest, folder: path.join(options.stateFolder, 'packs', hash)};
};

const parseAddress = (text: string): URL => {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url?.hostname) throw new UserError(messages.pack.remote.noPack(text, manifestFile), {exitCode: 2});
	url.pathname = url.pathname.replace(/(?:manifest\.json|START-HERE\.md)$/, '').replace(/\/*$/, '/');
	url.search = '';
	url.hash = '';
	return url;
};

const fetchManifest = async (
	url: URL,
	{onProgress, signal, patience = usualPatience}: RemoteOptions,
): Promise<Buffer> => {
	const request = {
		url: new URL(manifestFile, url),
		what: manifestFile,
		headers: {},
		onQueue: (place: number) => onProgress(queued(manifestFile, place)),
		signal,
		// A wrong address is told soon.
		patience: {...patience, silenceMs: Math.min(patience.silenceMs, 10_000), retries: 1},
	};
	const read = async (response: IncomingMessage): Promise<Buffer> => {
		const pieces: Buffer[] = [];
		let bytes = 0;
		for await (const piece of response as AsyncIterable<Buffer>) {
			pieces.push(piece);
			bytes += piece.length;
			if (bytes <= maxManifestBytes) continue;
			throw new UserError(messages.pack.remote.noPack(`${url.origin}${url.pathname}`, manifestFile));
		}
		return Buffer.concat(pieces);
	};
	return requestPatiently(
		() => request,
		read,
		() => 0,
	);
};

const queued = (what: string, place: number) =>
	({doing: 'queued', what, done: 0, total: null, place}) as const;

/** A workshop that is to use a pack. */
type WantedWorkshop = {id: string; images: string[]};

/**
 * Downloads the images of a workshop that an engine lacks, from where an earlier try stopped, and verifies them. Then
 * `loadPack` loads them, and `removeDownloads` removes them. Rejects with a `UserError`.
 */
export const obtainPack = async (
	pack: RemotePack,
	{workshop, store}: {workshop: WantedWorkshop; store: EngineImages},
	options: RemoteOptions,
): Promise<{pack: VerifiedPack; state: PackState}> => {
	const {place, manifest, folder} = pack;
	const needed = selectNeeded(null, manifest, workshop);
	const state = await comparePack({place, images: needed}, store);
	const images = state.missing.map(({image}) => image);
	if (images.length > 0) {
		lock(pack, options);
		const get = await createDownloader(pack, images, {...options, folder});
		// The largest first, as they are loaded.
		for (const image of images.toSorted((a, b) => b.bytes - a.bytes)) await get(image);
		await verifyParts(folder, {images, files: []}, options);
	}
	return {pack: {place, folder, manifest, images: needed, unchecked: null}, state};
};

/** Removes downloaded images; workshops stay. */
export const removeDownloads = ({folder}: Pick<VerifiedPack, 'folder'>): void => {
	for (const name of listNames(folder))
		if (name !== 'workshops') rmSync(path.join(folder, name), {recursive: true, force: true});
	if (!existsSync(path.join(folder, 'workshops'))) rmSync(folder, {recursive: true, force: true});
};

/**
 * Makes a workshop of a pack usable, and resolves with what names it for `--workshop`: its ID if this program comes with
 * the same files, which it then has or gets, else a folder, which needs trust like any other. Rejects with a `UserError`.
 */
export const obtainWorkshop = async (
	pack: RemotePack,
	id: string,
	options: RemoteOptions,
): Promise<string> => {
	const wanted = packedWorkshops(pack.manifest).find(workshop => workshop.id === id);
	if (!wanted) throw new UserError(messages.pack.remote.lacksWorkshop(pack.place, id));
	if (!pack.manifest.files)
		throw new UserError(messages.pack.remote.tooOld(pack.place, pack.manifest.program));
	if (!findShippedFolder()) await obtainShipped(pack, options);
	const shipped = findShippedFolder();
	if (shipped && tryRead(() => hashWorkshop(path.join(shipped, id))) === wanted.hash) return id;
	return obtainFolder(pack, id, options);
};

/** Gets the workshops that come with this program from a pack: a program that is a single file has none. */
const obtainShipped = async (pack: RemotePack, options: RemoteOptions): Promise<void> => {
	for (const [id, hash] of Object.entries(shippedHashes)) {
		const target = path.join(obtainedFolder(options.stateFolder), id);
		if (hashOfPacked(pack, id) !== hash || existsSync(target)) continue;
		const source = await obtainFolder(pack, id, options);
		mkdirSync(path.dirname(target), {recursive: true});
		renameSync(source, target);
	}
};

const filesOf = ({manifest}: RemotePack, id: string): PackedFile[] =>
	(manifest.files ?? []).filter(({file}) => file.startsWith(`workshops/${id}/`));

/** The hash that the folder of a workshop will have. */
const hashOfPacked = (pack: RemotePack, id: string): string =>
	combineHashes(
		filesOf(pack, id)
			.map(({file, sha256: hash}): [string, string] => [file.slice(`workshops/${id}/`.length), hash])
			.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
	);

/** Downloads a workshop, whole or not at all. Resolves with its folder. */
const obtainFolder = async (pack: RemotePack, id: string, options: RemoteOptions): Promise<string> => {
	const target = path.join(pack.folder, 'workshops', id);
	if (tryRead(() => hashWorkshop(target)) === hashOfPacked(pack, id)) return target;
	const growing = path.join(pack.folder, 'growing');
	lock(pack, options);
	const failed = new AbortController();
	const signal = AbortSignal.any([options.signal, failed.signal]);
	const files = filesOf(pack, id);
	try {
		await mapLimited(files, await createDownloader(pack, files, {...options, signal, folder: growing}));
	} catch (error) {
		failed.abort(error);
		throw error;
	}
	rmSync(target, {recursive: true, force: true});
	mkdirSync(path.dirname(target), {recursive: true});
	renameSync(path.join(growing, 'workshops', id), target);
	rmSync(growing, {recursive: true});
	return target;
};

/** Two files may have the same bytes. */
export const unfinishedName = (part: PackedFile): string => sha256(`${part.sha256}  ${part.file}`);

/** Resolves with a function that downloads one of these files into `folder`, if it is not there yet. */
const createDownloader = async (
	pack: RemotePack,
	parts: PackedFile[],
	{folder, onProgress, signal, patience = usualPatience}: RemoteOptions & {folder: string},
): Promise<(part: PackedFile) => Promise<void>> => {
	const targetOf = ({file}: PackedFile) => path.join(folder, ...splitInside(file));
	const left = parts.filter(part => !existsSync(targetOf(part)));
	const total = left.reduce((sum, {bytes}) => sum + bytes, 0);
	await assertSpace(pack.folder, total);
	const what = messages.pack.wholePack;
	const id = randomUUID();
	const doneOf = new Map<PackedFile, number>();
	return async part => {
		if (!left.includes(part)) return;
		await downloadFile({
			part,
			url: new URL(part.file.split('/').map(encodeURIComponent).join('/'), pack.url),
			target: targetOf(part),
			unfinished: path.join(pack.folder, 'unfinished', unfinishedName(part)),
			id,
			onBytes(bytes) {
				doneOf.set(part, bytes);
				const done = [...doneOf.values()].reduce((sum, one) => sum + one, 0);
				onProgress({doing: 'downloading', what, done, total});
			},
			onQueue: place => onProgress(queued(what, place)),
			signal,
			patience,
		});
	};
};

const assertSpace = async (folder: string, bytes: number): Promise<void> => {
	const {bavail, bsize} = await statfs(folder);
	const free = bavail * bsize;
	if (free >= bytes) return;
	throw new UserError(messages.pack.remote.tooLittleSpace(folder, prettyBytes(free), prettyBytes(bytes)));
};

/** Takes the folder of a pack for this process, and removes what was left of other packs. */
const lock = ({folder, place}: RemotePack, {stateFolder}: RemoteOptions): void => {
	makePrivateFolder(folder);
	if (!acquireLock(path.join(folder, 'lock'))) throw new UserError(messages.pack.remote.otherCopy(place));
	const packs = path.join(stateFolder, 'packs');
	for (const name of listNames(packs)) {
		const other = path.join(packs, name);
		if (other !== folder && acquireLock(path.join(other, 'lock'))) removeDownloads({folder: other});
	}
};
