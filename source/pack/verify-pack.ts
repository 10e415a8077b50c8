import path from 'node:path';
import {normalizeImageName} from '../docker/image-ref.js';
import {mapLimited} from '../engine/endpoint.js';
import {messages} from '../messages/index.js';
import {shippedNames} from '../storage/workshop-files.js';
import {quotePath} from '../text/shell-commands.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {readArchive} from './archive.js';
import {
	damagedPackError,
	forgedPackError,
	isPlatform,
	type Manifest,
	manifestFile,
	type PackedFile,
	type PackedImage,
	packedWorkshops,
	readManifest,
} from './manifest.js';
import {hashFile, hashWorkshop, listParts, locateFile} from './pack-files.js';
import type {OnProgress} from './progress.js';

/** The images of a pack that a workshop needs, for all platforms. `place`: the pack's folder or address. */
export type PackImages = {place: string; images: PackedImage[]};

/** A pack whose files have been verified: all of them, or those that were downloaded into `folder`. */
export type VerifiedPack = PackImages & {
	folder: string;
	manifest: Manifest;
	/** A sentence on what could not be verified; null if everything was. */
	unchecked: string | null;
};

/** `workshop`: the one that is to use the pack. */
export type VerifyOptions = {
	workshop: {id: string; images: string[]};
	onProgress: OnProgress;
	signal: AbortSignal;
};

/**
 * Verifies a whole pack, several files at a time: manifest, paths, sizes, the hash of every file, and the contents of
 * the archives. Uses no engine. Rejects with a `UserError` that states the problem.
 */
export const verifyPack = async (folder: string, options: VerifyOptions): Promise<VerifiedPack> => {
	const manifest = readManifest(folder);
	const images = selectNeeded(folder, manifest, options.workshop);
	assertNoDuplicates(manifest);
	const {files} = manifest;
	if (files) assertNoStrayFiles(folder, files);
	else assertWorkshopUnchanged(folder, manifest);
	await verifyParts(folder, {images: manifest.images, files: files ?? []}, options);
	const unchecked = files ? null : messages.pack.unchecked(manifest.program);
	return {place: folder, folder, manifest, images, unchecked};
};

/** Verifies some files of a pack, as `verifyPack` does. */
export const verifyParts = async (
	folder: string,
	{images, files}: {images: PackedImage[]; files: PackedFile[]},
	options: Pick<VerifyOptions, 'onProgress' | 'signal'>,
): Promise<void> => {
	const archives = images.map(image => ({...image, image}));
	const parts = [...archives, ...files.map(file => ({...file, image: null}))];
	const located = parts.map(part => ({...part, place: locateFile(folder, part)}));
	const total = parts.reduce((sum, {bytes}) => sum + bytes, 0);
	let done = 0;
	await mapLimited(located, async ({place, image, ...part}) => {
		let before = 0;
		await verifyFile(part, place, options.signal, bytes => {
			done += bytes - before;
			before = bytes;
			options.onProgress({doing: 'checking', what: messages.pack.wholePack, done, total});
		});
		if (image) await verifyArchive(image, place, options.signal);
	});
};

/** The archives for an engine's platform. Throws a `UserError` if the pack is for other platforms. */
export const selectImages = ({images, place}: PackImages, platform: string): PackedImage[] => {
	const names = [...new Set(images.map(({name}) => name))];
	const fitting = names.flatMap(
		name => images.find(one => one.name === name && isPlatform(one.platform, platform)) ?? [],
	);
	if (fitting.length === names.length) return fitting;
	const platforms = new Set(images.map(image => image.platform));
	throw new UserError(messages.pack.otherPlatforms(place, [...platforms], platform));
};

/**
 * The images that a workshop needs, for all platforms. `folder`: null if the pack is not on this machine. Throws a
 * `UserError` if the pack is for other workshops, or lacks an image.
 */
export const selectNeeded = (
	folder: string | null,
	manifest: Manifest,
	{id, images}: VerifyOptions['workshop'],
): PackedImage[] => {
	const packed = packedWorkshops(manifest).map(workshop => workshop.id);
	if (!packed.includes(id)) {
		const workshopArguments = packed.map(one => workshopArgument(folder, one));
		throw new UserError(messages.pack.otherWorkshop(packed, id, workshopArguments));
	}
	const names = images.map(normalizeImageName);
	const missing = names.find(name => !manifest.images.some(image => image.name === name));
	if (missing !== undefined) throw new UserError(messages.pack.lacksImage(missing));
	return manifest.images.filter(({name}) => names.includes(name));
};

/** The `--workshop` argument for a pack's workshop: its ID if the program has it, else its folder in the pack. */
const workshopArgument = (folder: string | null, id: string): string =>
	folder === null || shippedNames().includes(id) ? id : quotePath(path.join(folder, 'workshops', id));

/** A second entry could refer to other bytes than the first. */
export const assertNoDuplicates = ({images, files = []}: Manifest): void => {
	const say = messages.pack.forged;
	const image = findDuplicate(images.map(({name, platform}) => messages.pack.image(name, platform)));
	if (image !== null) throw forgedPackError(say.imageTwice(manifestFile, image));
	const file = findDuplicate([...images, ...files].map(one => one.file));
	if (file !== null) throw forgedPackError(say.fileTwice(manifestFile, file));
};

const findDuplicate = (texts: string[]): string | null =>
	texts.find((one, index) => texts.indexOf(one) < index) ?? null;

/** Every file that the program in the pack would use must be in the manifest. */
const assertNoStrayFiles = (folder: string, files: PackedFile[]): void => {
	const named = new Set(files.map(({file}) => file));
	const stray = listParts(folder).find(file => !named.has(file));
	if (stray !== undefined) throw forgedPackError(messages.pack.forged.stray(stray, manifestFile));
};

const assertWorkshopUnchanged = (folder: string, {workshop}: Manifest): void => {
	let hash: string;
	try {
		hash = hashWorkshop(path.join(folder, 'workshops', workshop.id));
	} catch (error) {
		const why = describeError(error).replace(/\.$/, '');
		throw damagedPackError(messages.pack.damaged.unreadableWorkshop(why), error);
	}
	if (hash !== workshop.hash)
		throw damagedPackError(messages.pack.damaged.changedWorkshop(`workshops/${workshop.id}`));
};

const verifyFile = async (
	part: PackedFile,
	place: string,
	signal: AbortSignal,
	onBytes: (done: number) => void,
): Promise<void> => {
	const {sha256} = await hashFile(place, onBytes, signal).catch(error => {
		signal.throwIfAborted();
		throw packReadError(part, error);
	});
	if (sha256 !== part.sha256) throw damagedPackError(messages.pack.damaged.otherBytes(part.file));
};

const verifyArchive = async (image: PackedImage, place: string, signal: AbortSignal): Promise<void> => {
	const {file, name, platform, layers} = image;
	const {said, wrong} = await readArchive(place, image, signal).catch(error => {
		signal.throwIfAborted();
		throw packReadError(image, error);
	});
	if (wrong !== null) throw forgedPackError(wrong);
	if (isPlatform(said.platform, platform) && said.layerDigests.join() === layers.join()) return;
	throw forgedPackError(messages.pack.forged.otherContents(file, messages.pack.image(name, platform)));
};

/** For example, because a USB stick was removed. */
export const packReadError = ({file}: PackedFile, error: unknown): UserError =>
	damagedPackError(messages.pack.damaged.unreadable(file, describeError(error)), error);
