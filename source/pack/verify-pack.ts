import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import {UserError} from '../text/user-error.js';
import {withTag} from '../text/with-tag.js';
import {hashFile} from './hash-file.js';
import {hashWorkshop} from './hash-workshop.js';
import {locateArchive} from './locate-archive.js';
import {isPlatform, type Manifest, type PackedImage} from './manifest.js';
import type {OnProgress} from './progress.js';
import {readArchiveHead} from './read-archive-head.js';
import {copyAgain, readManifest} from './read-manifest.js';

/** A pack of which every file was looked at and found as it was written. */
export type VerifiedPack = {folder: string; manifest: Manifest};

/** Who is to be served by a pack. */
export type PackClient = {
	workshop: {id: string; images: string[]};
	onProgress: OnProgress;
	signal: AbortSignal;
};

/**
 * Looks at all of a pack: manifest, paths, sizes, and the hash of every archive, all at the same time. Touches no
 * engine. Rejects with a `UserError` that names what is wrong.
 */
export const verifyPack = async (folder: string, client: PackClient): Promise<VerifiedPack> => {
	const manifest = readManifest(folder);
	demandWorkshop(manifest, client.workshop);
	const located = manifest.images.map(image => ({image, file: locateArchive(folder, image)}));
	verifyWorkshop(folder, manifest);
	const total = manifest.images.reduce((sum, {bytes}) => sum + bytes, 0);
	const done = located.map(() => 0);
	await Promise.all(
		located.map(({image, file}, index) =>
			verifyArchive(image, file, client.signal, bytes => {
				done[index] = bytes;
				const sum = done.reduce((all, one) => all + one, 0);
				client.onProgress({doing: 'checking', what: 'the pack', done: sum, total});
			}),
		),
	);
	return {folder, manifest};
};

/** The archives for an engine's platform. Throws a `UserError` when the pack is for other platforms. */
export const selectImages = ({manifest, folder}: VerifiedPack, platform: string): PackedImage[] => {
	const fitting = manifest.images.filter(image => isPlatform(image.platform, platform));
	const names = new Set(manifest.images.map(({name}) => name));
	if (fitting.length === names.size) return fitting;
	const platforms = [...new Set(manifest.images.map(image => image.platform))].join(' and ');
	throw new UserError(
		`The pack in ${folder} is for ${platforms}, and your Docker engine runs ${platform}; nothing was loaded.`,
		{next: `make a pack with \`multistage-workshop pack <folder> --platform ${platform}\``},
	);
};

const demandWorkshop = (manifest: Manifest, {id, images}: PackClient['workshop']): void => {
	const {workshop} = manifest;
	if (workshop.id !== id) {
		throw new UserError(`The pack is for the workshop ${workshop.id}, not for ${id}; nothing was loaded.`, {
			next: `open that one with \`--workshop ${workshop.id}\`, or make a pack for this one`,
		});
	}
	const missing = images.map(withTag).find(name => !manifest.images.some(image => image.name === name));
	if (missing !== undefined) {
		throw new UserError(`The pack has no image ${missing}, which the workshop needs; nothing was loaded.`, {
			next: 'make the pack anew with this version of the program',
		});
	}
};

const verifyWorkshop = (folder: string, {workshop}: Manifest): void => {
	let hash: string;
	try {
		hash = hashWorkshop(path.join(folder, 'workshops', workshop.id));
	} catch (error) {
		throw new UserError(
			`The workshop’s files in the pack can’t be read: ${messageOf(error).replace(/\.$/, '')}.`,
			{
				next: copyAgain,
				cause: error,
			},
		);
	}
	if (hash === workshop.hash) return;
	throw new UserError(
		`The workshop’s files in the pack are not as they were written: workshops/${workshop.id}.`,
		{
			next: copyAgain,
		},
	);
};

const verifyArchive = async (
	image: PackedImage,
	file: string,
	signal: AbortSignal,
	onBytes: (done: number) => void,
): Promise<void> => {
	const read = hashFile(file, onBytes, signal).catch(error => {
		signal.throwIfAborted();
		throw describeReadTrouble(image, error);
	});
	const [{sha256}, head] = await Promise.all([read, readArchiveHead(file)]);
	if (sha256 !== image.sha256) {
		throw new UserError(
			`The archive ${image.file} of the pack is damaged: its bytes are not those that were written.`,
			{next: copyAgain},
		);
	}
	const isAsTold =
		head !== null &&
		head.names.join() === image.name &&
		isPlatform(head.platform, image.platform) &&
		head.layerDigests.join() === image.layers.join();
	if (isAsTold) return;
	throw new UserError(
		`The archive ${image.file} holds something else than ${image.name} for ${image.platform}.`,
		{
			next: 'use a pack that comes from somebody you trust; nothing was loaded',
		},
	);
};

/** For a stick that was pulled out, and the like. */
export const describeReadTrouble = ({file}: PackedImage, error: unknown): UserError =>
	new UserError(`The archive ${file} of the pack can’t be read: ${messageOf(error)}.`, {
		next: copyAgain,
		cause: error,
	});
