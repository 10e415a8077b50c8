import path from 'node:path';
import {normalizeImageName} from '../docker/image-ref.js';
import {mapLimited} from '../engine/endpoint.js';
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
	readManifest,
} from './manifest.js';
import {hashFile, hashWorkshop, listParts, locateFile} from './pack-files.js';
import type {OnProgress} from './progress.js';

/** A pack whose files have all been verified. */
export type VerifiedPack = {
	folder: string;
	manifest: Manifest;
	/** What could not be checked, as a sentence; null where everything was. */
	unchecked: string | null;
};

/** `workshop`: the one the pack is to be used for. */
export type VerifyOptions = {
	workshop: {id: string; images: string[]};
	onProgress: OnProgress;
	signal: AbortSignal;
};

/**
 * Verifies a whole pack, several files at a time: manifest, paths, sizes, the hash of every file, and the contents of
 * the archives. Touches no engine. Rejects with a `UserError` that names what is wrong.
 */
export const verifyPack = async (folder: string, options: VerifyOptions): Promise<VerifiedPack> => {
	const manifest = readManifest(folder);
	assertWorkshop(folder, manifest, options.workshop);
	assertNoDuplicates(manifest);
	const {images, files} = manifest;
	if (files) assertNoStrayFiles(folder, files);
	else assertWorkshopUnchanged(folder, manifest);
	const archives = images.map(image => ({...image, image}));
	const parts = [...archives, ...(files ?? []).map(file => ({...file, image: null}))];
	const located = parts.map(part => ({...part, place: locateFile(folder, part)}));
	const total = parts.reduce((sum, {bytes}) => sum + bytes, 0);
	let done = 0;
	await mapLimited(located, async ({place, image, ...part}) => {
		let before = 0;
		await verifyFile(part, place, options.signal, bytes => {
			done += bytes - before;
			before = bytes;
			options.onProgress({doing: 'checking', what: 'the pack', done, total});
		});
		if (image) await verifyArchive(image, place, options.signal);
	});
	return {folder, manifest, unchecked: files ? null : describeUnchecked(manifest)};
};

const describeUnchecked = ({program}: Manifest): string =>
	`The pack was written by version ${program}, which noted no hashes of the program, the tarball and the other workshops: only the images and this workshop were checked. \`multistage-workshop pack <folder>\` writes it anew.`;

/** The archives for an engine's platform. Throws a `UserError` when the pack is for other platforms. */
export const selectImages = ({manifest, folder}: VerifiedPack, platform: string): PackedImage[] => {
	const names = [...new Set(manifest.images.map(({name}) => name))];
	const fitting = names.flatMap(
		name => manifest.images.find(one => one.name === name && isPlatform(one.platform, platform)) ?? [],
	);
	if (fitting.length === names.length) return fitting;
	const platforms = [...new Set(manifest.images.map(image => image.platform))].join(' and ');
	throw new UserError(
		`The pack in ${folder} is for ${platforms}, and your Docker engine runs ${platform}; nothing was loaded.`,
		{next: `make a pack with \`multistage-workshop pack <folder> --platform ${platform}\``},
	);
};

const assertWorkshop = (
	folder: string,
	manifest: Manifest,
	{id, images}: VerifyOptions['workshop'],
): void => {
	const {workshop} = manifest;
	if (workshop.id !== id) {
		throw new UserError(`The pack is for the workshop ${workshop.id}, not for ${id}; nothing was loaded.`, {
			next: `open that one with \`--workshop ${workshopArgument(folder, workshop.id)}\`, or make a pack for this one`,
		});
	}
	const missing = images
		.map(normalizeImageName)
		.find(name => !manifest.images.some(image => image.name === name));
	if (missing !== undefined) {
		throw new UserError(`The pack has no image ${missing}, which the workshop needs; nothing was loaded.`, {
			next: 'make the pack again with this version of the program',
		});
	}
};

/** What opens a workshop of a pack: its id where the program has it, too, else the folder in the pack. */
const workshopArgument = (folder: string, id: string): string =>
	shippedNames().includes(id) ? id : quotePath(path.join(folder, 'workshops', id));

/** A second entry could stand for other bytes than the first. */
const assertNoDuplicates = ({images, files = []}: Manifest): void => {
	const double = findDuplicate(images.map(({name, platform}) => `${name} for ${platform}`));
	if (double !== null) {
		throw forgedPackError(`The ${manifestFile} of the pack names the image ${double} twice.`);
	}
	const doubleFile = findDuplicate([...images, ...files].map(({file}) => file));
	if (doubleFile !== null) {
		throw forgedPackError(`The ${manifestFile} of the pack names the file ${doubleFile} twice.`);
	}
};

const findDuplicate = (texts: string[]): string | null =>
	texts.find((one, index) => texts.indexOf(one) < index) ?? null;

/** Whatever the program in the pack would take for a part of itself must be named by the manifest. */
const assertNoStrayFiles = (folder: string, files: PackedFile[]): void => {
	const named = new Set(files.map(({file}) => file));
	const stray = listParts(folder).find(file => !named.has(file));
	if (stray === undefined) return;
	throw forgedPackError(`The pack holds ${stray}, which its ${manifestFile} does not name.`);
};

const assertWorkshopUnchanged = (folder: string, {workshop}: Manifest): void => {
	let hash: string;
	try {
		hash = hashWorkshop(path.join(folder, 'workshops', workshop.id));
	} catch (error) {
		throw damagedPackError(
			`The workshop’s files in the pack can’t be read: ${describeError(error).replace(/\.$/, '')}.`,
			error,
		);
	}
	if (hash === workshop.hash) return;
	throw damagedPackError(
		`The workshop’s files in the pack are not as they were written: workshops/${workshop.id}.`,
	);
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
	if (sha256 === part.sha256) return;
	throw damagedPackError(
		`The file ${part.file} of the pack is damaged: its bytes are not those that were written.`,
	);
};

const verifyArchive = async (image: PackedImage, place: string, signal: AbortSignal): Promise<void> => {
	const {file, name, platform, layers} = image;
	const {said, wrong} = await readArchive(place, name, signal).catch(error => {
		signal.throwIfAborted();
		throw packReadError(image, error);
	});
	if (wrong !== null) {
		throw forgedPackError(`The archive ${file} of the pack ${wrong}.`);
	}
	if (isPlatform(said.platform, platform) && said.layerDigests.join() === layers.join()) return;
	throw forgedPackError(`The archive ${file} of the pack holds something else than ${name} for ${platform}.`);
};

/** For example when a USB stick was pulled out. */
export const packReadError = ({file}: PackedFile, error: unknown): UserError =>
	damagedPackError(`The file ${file} of the pack can’t be read: ${describeError(error)}.`, error);
