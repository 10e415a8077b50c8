import prettyBytes from 'pretty-bytes';
import type {ImageStore, StoredImage} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import {openPlainFile} from '../storage/files.js';
import {UserError} from '../text/user-error.js';
import type {PackedImage} from './manifest.js';
import {locateFile} from './pack-files.js';
import type {OnProgress} from './progress.js';
import {createCounter} from './saved-image.js';
import {type PackImages, packReadError, selectImages, type VerifiedPack} from './verify-pack.js';

/** The images of a pack that an engine has and lacks. */
export type PackState = {
	/** Those with the same layers on the engine. */
	present: PackedImage[];
	/** `other`: the image that has the name now. */
	missing: Array<{image: PackedImage; other: StoredImage | null}>;
};

/** What tells which images an engine has. */
export type EngineImages = Pick<ImageStore, 'platform' | 'inspect'>;

/** Compares a pack with an engine. Rejects with a `UserError` if the pack is for other platforms. */
export const comparePack = async (pack: PackImages, store: EngineImages): Promise<PackState> => {
	const state: PackState = {present: [], missing: []};
	for (const image of selectImages(pack, store.platform)) {
		const other = await store.inspect(image.name);
		if (other?.layers.join() === image.layers.join()) state.present.push(image);
		else state.missing.push({image, other});
	}
	return state;
};

/** A loaded image: its ID on this engine, and the ID of the image that had the name before. */
export type LoadedImage = {name: string; id: string; before: string | null};

/**
 * Loads what is missing, the largest image first, so that a failure comes before anything else is loaded. Calls
 * `onLoaded` as soon as an image is on the engine. Rejects with a `UserError`; a second try continues from there.
 */
export const loadPack = async (
	pack: VerifiedPack,
	store: ImageStore,
	{missing}: PackState,
	{
		onProgress,
		onLoaded,
		signal,
	}: {onProgress: OnProgress; onLoaded(image: LoadedImage): void; signal: AbortSignal},
): Promise<void> => {
	const ordered = missing.toSorted((a, b) => b.image.bytes - a.image.bytes);
	await assertEngineSpace(
		store,
		ordered.map(({image}) => image),
	);
	for (const {image, other} of ordered) {
		const handle = await openPlainFile(locateFile(pack.folder, image)).catch(error => {
			throw packReadError(image, error);
		});
		const source = handle.createReadStream({highWaterMark: 256 * 1024});
		const counted = createCounter(done =>
			onProgress({doing: 'loading', what: image.name, done, total: image.bytes}),
		);
		source.on('error', error => counted.destroy(packReadError(image, error)));
		await store.load(source.pipe(counted), signal);
		const loaded = await store.inspect(image.name);
		if (loaded?.layers.join() !== image.layers.join()) {
			throw new UserError(messages.pack.loadedOtherLayers(image.name), {kind: 'tool'});
		}
		onLoaded({name: image.name, id: loaded.id, before: other?.id ?? null});
	}
};

/** Checks the space before loading, if it is known. */
const assertEngineSpace = async (store: ImageStore, images: PackedImage[]): Promise<void> => {
	const free = await store.freeBytes();
	const sizes = images.map(({bytes}) => bytes);
	// The engine unpacks an archive beside the layers that it creates from it.
	const bytes = sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, ...sizes);
	if (free === null || free >= bytes) return;
	throw new UserError(messages.pack.engineDiskFull(prettyBytes(free), prettyBytes(bytes)));
};
