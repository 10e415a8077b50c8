import * as v from 'valibot';
import type {CleanupItem, CleanupResult} from '../ownership/ledger.js';
import type {CleanupPlan} from '../ownership/plan-cleanup.js';
import {type ReachedDaemon, reachDaemon} from './daemon.js';
import {withTimeout} from './endpoint.js';
import {listImages, selectNames} from './facts.js';

/** Milliseconds for one removal: a container that holds much takes its time. */
const removalTimeoutMs = 60_000;

/** Null: it has gone. Else why it stays. */
type Removal = (engine: CleanupTarget) => Promise<string | null>;

type CleanupTarget = Pick<ReachedDaemon, 'docker' | 'nameOf'>;

/**
 * Removes what a plan lists, never an image by force. `onRemoved` is called after each thing that is gone, at once,
 * so that the ledger knows even if this process ends; for a name `id` is the image that it named. What the engine
 * refuses is kept, with the engine's reason. Rejects with a `UserError` only when the engine can't be
 * reached at all.
 */
export const executeCleanup = async (
	plan: CleanupPlan,
	env: Record<string, string>,
	onRemoved: (item: CleanupItem) => void,
): Promise<CleanupResult> => {
	const engine = await reachDaemon(env, removalTimeoutMs);
	const result: CleanupResult = {removed: [], kept: [...plan.kept]};
	const attempt = async (item: CleanupItem, remove: Removal): Promise<string | null> => {
		const reason = await tryRemoval(engine, remove);
		if (reason === null) {
			result.removed.push(item);
			onRemoved(item);
		}
		return reason;
	};
	for (const {id, name} of plan.containers) {
		const item: CleanupItem = {kind: 'container', id, name};
		const reason = await attempt(item, removeContainer(id));
		if (reason !== null) result.kept.push({...item, reason});
	}
	for (const {id, name} of plan.networks) {
		const item: CleanupItem = {kind: 'network', id, name};
		const reason = await attempt(item, removeNetwork(id));
		if (reason !== null) result.kept.push({...item, reason});
	}
	for (const {name} of plan.volumes) {
		const item: CleanupItem = {kind: 'volume', id: name, name};
		const reason = await attempt(item, removeVolume(name));
		if (reason !== null) result.kept.push({...item, reason});
	}
	for (const {name, id, restoreTo} of plan.names) {
		const item: CleanupItem = {kind: 'name', id, name};
		const reason = await attempt(item, restoreTo ? restoreName(name, id, restoreTo) : removeName(name, id));
		if (reason !== null) result.kept.push({...item, reason});
	}
	await removeImages(plan.images, attempt, result);
	return result;
};

/** An image can be in the way of another: goes round until a round removes nothing. */
const removeImages = async (
	images: CleanupPlan['images'],
	attempt: (item: CleanupItem, remove: Removal) => Promise<string | null>,
	result: CleanupResult,
): Promise<void> => {
	let left = images.map(({id, name}) => ({kind: 'image' as const, id, name}));
	for (;;) {
		const refused: CleanupResult['kept'] = [];
		for (const item of left) {
			const reason = await attempt(item, removeImage(item.id));
			if (reason !== null) refused.push({...item, reason});
		}
		if (refused.length === 0 || refused.length === left.length) {
			result.kept.push(...refused);
			return;
		}
		left = refused.map(({kind, id, name}) => ({kind: kind as 'image', id, name}));
	}
};

const tryRemoval = async (engine: CleanupTarget, remove: Removal): Promise<string | null> => {
	try {
		return await withTimeout(() => remove(engine), removalTimeoutMs);
	} catch (error) {
		const {statusCode, json, message} = error as {
			statusCode?: number;
			json?: {message?: string};
			message: string;
		};
		const words = (json?.message ?? message).trim();
		// Somebody else removed it, or is doing so.
		if (statusCode === 404 || /removal of container .* is already in progress/.test(words)) return null;
		return words;
	}
};

/** With the volumes that have no name. */
const removeContainer =
	(id: string): Removal =>
	async ({docker}) => {
		await docker.getContainer(id).remove({force: true, v: true});
		return null;
	};

const removeNetwork =
	(id: string): Removal =>
	async ({docker}) => {
		await docker.getNetwork(id).remove();
		return null;
	};

const removeVolume =
	(name: string): Removal =>
	async ({docker}) => {
		await docker.getVolume(name).remove();
		return null;
	};

/** What an image is called by a name: Podman writes it in two ways, and may use both. Null: nothing has that name. */
const findSpellings = async (
	{docker, nameOf}: CleanupTarget,
	name: string,
	id: string,
): Promise<string[] | null> => {
	const holders = (await listImages(docker, {all: true}))
		.map(({Id, RepoTags}) => ({Id, written: selectNames(RepoTags).filter(tag => nameOf(tag) === name)}))
		.filter(({written}) => written.length > 0);
	return holders.length === 0 ? null : (holders.find(({Id}) => Id === id)?.written ?? []);
};

/** Without its unnamed parents: those may be the learner's. */
const removeName =
	(name: string, id: string): Removal =>
	async engine => {
		const spellings = await findSpellings(engine, name, id);
		if (spellings?.length === 0) return 'it names another image now';
		for (const written of spellings ?? []) await engine.docker.getImage(written).remove({noprune: true});
		return null;
	};

const restoreName =
	(name: string, id: string, restoreTo: string): Removal =>
	async engine => {
		const spellings = await findSpellings(engine, name, id);
		if (spellings?.length === 0) return 'it names another image now';
		const owned = await findSpellings(engine, name, restoreTo);
		for (const written of spellings ?? []) {
			const image = engine.docker.getImage(restoreTo);
			const [, repo = written, tag = 'latest'] = /^(.*):([^:/]+)$/.exec(written) ?? [];
			// On Podman it may still have the name, in the other way of writing it.
			if (owned?.length) await engine.docker.getImage(written).remove({noprune: true});
			else await image.tag({repo, tag});
		}
		return null;
	};

const removeImage =
	(id: string): Removal =>
	async ({docker}) => {
		const {RepoTags} = await docker.getImage(id).inspect();
		// To remove an image by its ID takes its only name away as well, without being asked twice.
		const [name] = selectNames(RepoTags);
		if (name) return `it is called ${name}`;
		await docker.getImage(id).remove({noprune: true});
		return null;
	};

/** Milliseconds: the engine adds up the sizes of everything it has when it is asked. */
const usageTimeoutMs = 10_000;

/** Bytes of the engine's build cache, what records share counted once; null when the engine does not say so in time. */
export const readBuildCacheSize = async (env: Record<string, string>): Promise<number | null> => {
	try {
		const {docker} = await reachDaemon(env, usageTimeoutMs);
		return parseBuildCacheSize(await withTimeout(() => docker.df(), usageTimeoutMs));
	} catch {
		return null;
	}
};

const recordsSchema = v.object({
	BuildCache: v.nullable(v.array(v.object({Size: v.number(), Shared: v.boolean()}))),
});
/** From API 1.52 on. Numbers that are 0 are left out. */
const usageSchema = v.object({
	BuildCacheUsage: v.object({TotalCount: v.optional(v.number(), 0), TotalSize: v.optional(v.number())}),
});

/** The same in bytes, from an answer to `/system/df`; null when it is not in there: a missing list is no empty one. */
export const parseBuildCacheSize = (answer: unknown): number | null => {
	const usage = v.safeParse(usageSchema, answer);
	if (usage.success) {
		const {TotalCount, TotalSize} = usage.output.BuildCacheUsage;
		return TotalSize ?? (TotalCount === 0 ? 0 : null);
	}
	const records = v.safeParse(recordsSchema, answer);
	if (!records.success) return null;
	return (records.output.BuildCache ?? []).reduce((sum, {Size, Shared}) => sum + (Shared ? 0 : Size), 0);
};
