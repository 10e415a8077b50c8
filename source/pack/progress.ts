import {readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import type {ImageStore} from '../engine/image-store.js';
import {tryRead} from '../storage/files.js';
import {manifestFile, manifestSchema, type PackedImage} from './manifest.js';

/** What is being done to a pack, for display. */
export type PackProgress = {
	doing: 'pulling' | 'reading' | 'writing' | 'checking' | 'loading' | 'downloading' | 'queued';
	/** An image or a file. */
	what: string;
	/** Bytes so far. */
	done: number;
	/** Bytes in total; null if not known yet. */
	total: number | null;
	/** The place in a server's queue, from 1, while it has this download wait. */
	place?: number;
};

export type OnProgress = (progress: PackProgress) => void;

/** The state of a pack that is being written, which a next try needs. */
const unfinishedFile = 'unfinished.json';

const unfinishedSchema = v.object({
	/** The engine whose names are changed for now. */
	engine: v.string(),
	/** The image ID that each changed name had before; null for none. */
	names: v.record(v.string(), v.nullable(v.string())),
	/** IDs of the images that were there before. */
	ids: v.array(v.string()),
	images: manifestSchema.entries.images,
});

/** The state of an unfinished pack. */
export type UnfinishedPack = v.InferOutput<typeof unfinishedSchema>;

/** Null if there is none. */
export const readUnfinished = (folder: string): UnfinishedPack | null =>
	parseJsonFile(folder, unfinishedFile, unfinishedSchema);

/** The archives already in a folder, of a pack that is finished or not. Doesn't check them. */
export const readPackedImages = (folder: string): PackedImage[] =>
	(readUnfinished(folder) ?? parseJsonFile(folder, manifestFile, manifestSchema))?.images ?? [];

/** Whether a folder holds a pack, finished or not. */
export const holdsPack = (folder: string): boolean =>
	[unfinishedFile, manifestFile].some(name => tryRead(() => readFileSync(path.join(folder, name))) !== null);

export const saveUnfinished = (folder: string, unfinished: UnfinishedPack): void =>
	writeFileAtomicSync(path.join(folder, unfinishedFile), `${JSON.stringify(unfinished, null, 2)}\n`);

export const removeUnfinished = (folder: string): void =>
	rmSync(path.join(folder, unfinishedFile), {force: true});

/**
 * Restores names on the engine, and removes what was pulled only for the pack. Deletes each restored name from
 * `unfinished`, so that a second call does no harm.
 */
export const restoreNames = async (store: ImageStore, unfinished: UnfinishedPack): Promise<void> => {
	if (unfinished.engine !== store.engineId) return;
	for (const [name, before] of Object.entries(unfinished.names)) {
		const now = await store.inspect(name);
		if (before !== null && now?.id !== before) await store.tag(before, name);
		if (before === null && now) await store.remove(name);
		if (now && now.id !== before && !unfinished.ids.includes(now.id)) await store.remove(now.id);
		delete unfinished.names[name];
	}
};

const parseJsonFile = <Schema extends v.GenericSchema>(folder: string, name: string, kind: Schema) =>
	tryRead(() => v.parse(kind, JSON.parse(readFileSync(path.join(folder, name), 'utf8'))));
