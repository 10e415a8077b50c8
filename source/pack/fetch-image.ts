import {mkdirSync, rmSync} from 'node:fs';
import {statfs} from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import {toUserError} from '../engine/errors.js';
import type {ImageStore, StoredImage} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import {UserError} from '../text/user-error.js';
import {writeArchive} from './archive.js';
import {isPlatform, type PackedImage} from './manifest.js';
import {type OnProgress, saveUnfinished, type UnfinishedPack} from './progress.js';
import {findSavedImage, spoolSave} from './saved-image.js';

/** The context for writing a pack. */
export type PackContext = {
	/** The pack's folder. */
	folder: string;
	store: ImageStore;
	unfinished: UnfinishedPack;
	onProgress: OnProgress;
	signal: AbortSignal;
};

/** An image, and the platform for which a pack is to hold it. */
export type WantedImage = {name: string; platform: string};

/**
 * Writes the archive of one image: the engine's own if it is for this platform, else one that it pulls. Rejects with a
 * `UserError`, and then leaves no archive.
 */
export const fetchImage = async (wanted: WantedImage, context: PackContext): Promise<PackedImage> => {
	const {name, platform} = wanted;
	const {folder, store} = context;
	const image = await ensureImage(wanted, context);
	const label = imageLabel(wanted);
	const bytes = (await store.sizes()).get(image.id) ?? 0;
	// Once for the spooled files, once for the archive.
	await assertFreeSpace(folder, 2 * bytes, label);
	const file = `images/${`${name}-${platform}`.replace(/[^\w.-]+/g, '-')}.tar`;
	const spool = path.join(folder, 'images', 'spool');
	rmSync(spool, {recursive: true, force: true});
	mkdirSync(spool, {recursive: true});
	try {
		const report = (doing: 'reading' | 'writing') => (done: number) =>
			context.onProgress({doing, what: label, done, total: Math.max(done, bytes)});
		const files = await spoolSave(await store.save(name, platform), spool, report('reading'), context.signal);
		const saved = await findSavedImage(files, platform);
		if (!saved) throw missingImageError(wanted);
		const written = await writeArchive(path.join(folder, file), name, saved, {
			onBytes: report('writing'),
			signal: context.signal,
		});
		return {name, platform, file, ...written, layers: saved.layerDigests, standIn: saved.standIn};
	} catch (error) {
		throw toUserError(translateWriteError(error, folder), store.endpoint);
	} finally {
		rmSync(spool, {recursive: true, force: true});
	}
};

/** The label shown to people: `alpine:3.13 for linux/amd64`. */
export const imageLabel = ({name, platform}: WantedImage): string => messages.pack.image(name, platform);

const ensureImage = async (wanted: WantedImage, context: PackContext): Promise<StoredImage> => {
	const {name, platform} = wanted;
	const {store, unfinished, folder} = context;
	const present = await store.inspect(name);
	if (present && isPlatform(present.platform, platform)) return present;
	// Saved first, so that the next try restores the name, whatever happens to this program.
	unfinished.names[name] ??= present?.id ?? null;
	saveUnfinished(folder, unfinished);
	const onBytes = (done: number, total: number) =>
		context.onProgress({
			doing: 'pulling',
			what: imageLabel(wanted),
			done,
			total: total === 0 ? null : total,
		});
	try {
		await store.pull(name, platform, onBytes, context.signal);
	} catch (error) {
		if (!(error instanceof UserError) || error.kind !== 'tool') throw error;
		const said = messages.pack.cannotPull(imageLabel(wanted), error.message);
		throw new UserError(said, {kind: 'tool', cause: error});
	}
	const pulled = await store.inspect(name);
	if (!pulled) throw missingImageError(wanted);
	return pulled;
};

const missingImageError = (wanted: WantedImage): UserError =>
	new UserError(messages.pack.noSuchImage(imageLabel(wanted)));

/** Rejects with a `UserError` if the disk of a folder has less space than needed. */
export const assertFreeSpace = async (folder: string, bytes: number, what: string): Promise<void> => {
	const {bavail, bsize} = await statfs(folder);
	const free = bavail * bsize;
	if (free >= bytes) return;
	throw new UserError(
		messages.pack.tooLittleSpace({folder, free: prettyBytes(free), what, needed: prettyBytes(bytes)}),
	);
};

/** Turns an error while writing below a folder into a `UserError` if it is about space or permissions. */
export const translateWriteError = (error: unknown, folder: string): unknown => {
	const code = (error as {code?: unknown}).code;
	if (code === 'ENOSPC' || code === 'EDQUOT')
		return new UserError(messages.pack.diskFull(folder), {cause: error});
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
		return new UserError(messages.pack.notAllowed(folder), {cause: error});
	return error;
};
