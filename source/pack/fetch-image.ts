import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import type {ImageStore, StoredImage} from '../engine/image-store.js';
import {translateTrouble} from '../engine/translate-trouble.js';
import {UserError} from '../text/user-error.js';
import {chooseImage} from './choose-image.js';
import {demandSpace, translateWriteTrouble} from './disk-space.js';
import {isPlatform, type PackedImage} from './manifest.js';
import type {OnProgress} from './progress.js';
import {spoolSave} from './spool-save.js';
import {saveUnfinished, type Unfinished} from './unfinished.js';
import {writeArchive} from './write-archive.js';

/** What a pack is written with. */
export type PackDesk = {
	/** The pack's folder. */
	folder: string;
	store: ImageStore;
	unfinished: Unfinished;
	onProgress: OnProgress;
	signal: AbortSignal;
};

/** An image of a platform that a pack is to hold. */
export type WantedImage = {name: string; platform: string};

/**
 * Writes the archive of one image: of the one at hand where it is of that platform, else of one pulled for it. Rejects
 * with a `UserError`; then there is no archive.
 */
export const fetchImage = async (wanted: WantedImage, desk: PackDesk): Promise<PackedImage> => {
	const {name, platform} = wanted;
	const {folder, store} = desk;
	const image = await takeOrPull(wanted, desk);
	const label = labelOf(wanted);
	const bytes = (await store.sizes()).get(image.id) ?? 0;
	// Once taken apart, once put together.
	await demandSpace(folder, 2 * bytes, label);
	const file = `images/${`${name}-${platform}`.replace(/[^\w.-]+/g, '-')}.tar`;
	const spool = path.join(folder, 'images', 'spool');
	rmSync(spool, {recursive: true, force: true});
	mkdirSync(spool, {recursive: true});
	try {
		const report = (doing: 'reading' | 'writing') => (done: number) =>
			desk.onProgress({doing, what: label, done, total: Math.max(done, bytes)});
		const files = await spoolSave(await store.save(name, platform), spool, report('reading'), desk.signal);
		const saved = await chooseImage(files, platform);
		if (!saved) throw notThere(wanted);
		const written = await writeArchive(path.join(folder, ...file.split('/')), name, saved, {
			onBytes: report('writing'),
			signal: desk.signal,
		});
		return {name, platform, file, ...written, layers: saved.layerDigests, standIn: saved.standIn};
	} catch (error) {
		throw translateTrouble(translateWriteTrouble(error, folder), store.endpoint);
	} finally {
		rmSync(spool, {recursive: true, force: true});
	}
};

/** As a person names it: `alpine:3.13 for linux/amd64`. */
export const labelOf = ({name, platform}: WantedImage): string => `${name} for ${platform}`;

const takeOrPull = async (wanted: WantedImage, desk: PackDesk): Promise<StoredImage> => {
	const {name, platform} = wanted;
	const {store, unfinished, folder} = desk;
	const present = await store.inspect(name);
	if (present && isPlatform(present.platform, platform)) return present;
	// Written down first: whatever becomes of this program, the next try gives the name back.
	unfinished.names[name] ??= present?.id ?? null;
	saveUnfinished(folder, unfinished);
	const onBytes = (done: number, total: number) =>
		desk.onProgress({doing: 'pulling', what: labelOf(wanted), done, total: total === 0 ? null : total});
	try {
		await store.pull(name, platform, onBytes, desk.signal);
	} catch (error) {
		if (!(error instanceof UserError) || error.kind !== 'tool') throw error;
		throw new UserError(`${labelOf(wanted)} can’t be pulled. ${error.message}`, {
			kind: 'tool',
			next: 'see whether the registry can be reached, and run the same command again: what is finished is kept',
			cause: error,
		});
	}
	const pulled = await store.inspect(name);
	if (!pulled) throw notThere(wanted);
	return pulled;
};

const notThere = (wanted: WantedImage): UserError =>
	new UserError(`There is no ${labelOf(wanted)}: the registry has the image for other platforms only.`, {
		next: 'leave this platform out of `--platform`',
	});
