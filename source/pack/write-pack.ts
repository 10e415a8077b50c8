import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {normalizeImageName} from '../docker/image-ref.js';
import {mapLimited} from '../engine/endpoint.js';
import type {ImageStore} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {
	assertFreeSpace,
	fetchImage,
	imageLabel,
	type PackContext,
	translateWriteError,
	type WantedImage,
} from './fetch-image.js';
import {
	isPlatform,
	type Manifest,
	manifestFile,
	manifestFormat,
	type PackedImage,
	programFile,
	startPage,
} from './manifest.js';
import {hashFile, hashWorkshop, listParts} from './pack-files.js';
import {findProgramParts, renderStartPage, writeTarball} from './program-parts.js';
import {
	holdsPack,
	type OnProgress,
	readPackedImages,
	readUnfinished,
	removeUnfinished,
	restoreNames,
	saveUnfinished,
	type UnfinishedPack,
} from './progress.js';

type WorkshopToPack = {id: string; folder: string; images: string[]};

/** What to pack. */
export type PackRequest = {
	/** The target folder, absolute. */
	folder: string;
	/** At least one, each with another ID. */
	workshops: WorkshopToPack[];
	/** The folder of the shipped workshops. */
	shipped: string;
	/** Empty for the engine's own. */
	platforms: string[];
	version: string;
	date: Date;
	onProgress: OnProgress;
	signal: AbortSignal;
};

/**
 * Writes an offline pack: images, program, workshops and start page. Keeps intact archives of an earlier try. However
 * it ends, restores the engine's names. Rejects with a `UserError`.
 */
export const writePack = async (store: ImageStore, order: PackRequest): Promise<Manifest> => {
	const {folder, workshops} = order;
	const parts = findProgramParts(order.shipped);
	// Report a link or a FIFO in it now, not after an hour of pulling.
	for (const workshop of workshops) hashWorkshop(workshop.folder);
	prepareFolder(folder, order.shipped);
	const earlier = readUnfinished(folder);
	if (earlier) await restoreNames(store, earlier);
	const platforms = order.platforms.length > 0 ? order.platforms : [store.platform];
	const names = new Set(workshops.flatMap(({images}) => images.map(normalizeImageName)));
	const wanted = [...names].flatMap(name => platforms.map((platform): WantedImage => ({name, platform})));
	const unfinished: UnfinishedPack = {
		engine: store.engineId,
		names: {},
		ids: [...(await store.sizes()).keys()],
		images: readPackedImages(folder),
	};
	const context: PackContext = {...order, store, unfinished};
	await assertSpaceForImages(wanted, context);
	const images = await fetchImages(wanted, context);
	try {
		clearArchives(folder, images);
		copyWorkshops(order);
		copyFileSync(parts.program, path.join(folder, programFile));
		const tarball = `multistage-workshop-${order.version}.tgz`;
		for (const name of readdirSync(folder)) if (name.endsWith('.tgz')) rmSync(path.join(folder, name));
		if ('file' in parts.tarball) copyFileSync(parts.tarball.file, path.join(folder, tarball));
		else await writeTarball(parts.tarball.packageFolder, path.join(folder, tarball), order.signal);
		const packed = workshops.map(({id}) => ({id, hash: hashWorkshop(path.join(folder, 'workshops', id))}));
		const manifest: Manifest = {
			format: manifestFormat,
			program: order.version,
			// Programs of earlier versions know only this one.
			workshop: packed[0] as Manifest['workshop'],
			workshops: packed,
			images,
		};
		const shipped = workshops.filter(workshop => isShipped(order, workshop)).map(({id}) => id);
		writeFileSync(
			path.join(folder, startPage),
			renderStartPage(manifest, {tarball, date: order.date, shipped}),
		);
		manifest.files = await mapLimited(listParts(folder), async file => ({
			file,
			...(await hashFile(path.join(folder, file), () => {}, order.signal)),
		}));
		// Written last: a pack with a manifest is finished.
		writeFileAtomicSync(path.join(folder, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
		removeUnfinished(folder);
		return manifest;
	} catch (error) {
		throw translateWriteError(error, folder);
	}
};

/** Creates the folder, or accepts one that is empty or holds a pack. */
const prepareFolder = (folder: string, shipped: string): void => {
	try {
		mkdirSync(folder, {recursive: true});
		if (realpathSync(path.dirname(shipped)) === realpathSync(folder))
			throw new UserError(messages.pack.runsFromThere(folder), {exitCode: 2});
		if (readdirSync(folder).length > 0 && !holdsPack(folder))
			throw new UserError(messages.pack.notEmpty(folder), {exitCode: 2});
		mkdirSync(path.join(folder, 'images'), {recursive: true});
	} catch (error) {
		const known = translateWriteError(error, folder);
		if (known instanceof UserError) throw known;
		throw new UserError(messages.pack.cannotMakeFolder(folder, describeError(error)), {cause: error});
	}
};

/** Counts only sizes that are known before pulling. */
const assertSpaceForImages = async (wanted: WantedImage[], {folder, store, unfinished}: PackContext) => {
	const missing = wanted.filter(
		one => !unfinished.images.some(image => imageLabel(image) === imageLabel(one)),
	);
	const known = await store.sizes();
	const sizes = await Promise.all(
		missing.map(async ({name}) => known.get((await store.inspect(name))?.id ?? '') ?? 0),
	);
	// The largest one is stored twice for a while.
	const bytes = sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, ...sizes);
	await assertFreeSpace(folder, bytes, messages.pack.wholePack);
};

const fetchImages = async (wanted: WantedImage[], context: PackContext): Promise<PackedImage[]> => {
	const {folder, store, unfinished} = context;
	const images: PackedImage[] = [];
	try {
		for (const one of wanted) {
			const image = (await reuseArchive(one, context)) ?? (await fetchImage(one, context));
			// Immediately: until then, the name means another platform's image.
			await restoreNames(store, unfinished);
			images.push(image);
			unfinished.images = [...unfinished.images.filter(({file}) => file !== image.file), image];
			saveUnfinished(folder, unfinished);
		}
	} finally {
		await restoreNames(store, unfinished);
		if (existsSync(folder)) saveUnfinished(folder, unfinished);
	}
	return images;
};

/** The archive of an earlier try if it is intact and doesn't differ from the engine's image; else null. */
const reuseArchive = async (wanted: WantedImage, context: PackContext): Promise<PackedImage | null> => {
	const {name, platform} = wanted;
	const kept = context.unfinished.images.find(image => image.name === name && image.platform === platform);
	if (!kept) return null;
	const present = await context.store.inspect(name);
	const isHere = present !== null && isPlatform(present.platform, platform);
	if (isHere && present.layers.join() !== kept.layers.join()) return null;
	const onBytes = (done: number) =>
		context.onProgress({doing: 'checking', what: imageLabel(wanted), done, total: kept.bytes});
	try {
		const file = path.join(context.folder, kept.file);
		const {sha256, bytes} = await hashFile(file, onBytes, context.signal);
		return sha256 === kept.sha256 && bytes === kept.bytes ? kept : null;
	} catch {
		context.signal.throwIfAborted();
		return null;
	}
};

/** Removes archives of an earlier pack that this one doesn't use. */
const clearArchives = (folder: string, images: PackedImage[]): void => {
	const wanted = new Set(images.map(({file}) => path.posix.basename(file)));
	for (const name of readdirSync(path.join(folder, 'images'))) {
		if (!wanted.has(name)) rmSync(path.join(folder, 'images', name), {recursive: true});
	}
};

const isShipped = ({shipped}: PackRequest, {id, folder}: WorkshopToPack): boolean =>
	path.resolve(folder) === path.resolve(shipped, id);

const copyWorkshops = (order: PackRequest): void => {
	const target = path.join(order.folder, 'workshops');
	rmSync(target, {recursive: true, force: true});
	cpSync(order.shipped, target, {recursive: true});
	for (const workshop of order.workshops) {
		if (isShipped(order, workshop)) continue;
		const own = path.join(target, workshop.id);
		rmSync(own, {recursive: true, force: true});
		cpSync(workshop.folder, own, {recursive: true});
	}
};
