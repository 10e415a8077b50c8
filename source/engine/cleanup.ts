import type Docker from 'dockerode';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupResult, KeptItem} from '../ownership/ledger.js';
import {type CleanupPlan, listPlannedItems} from '../ownership/plan-cleanup.js';
import {type ReachedDaemon, reachDaemon} from './daemon.js';
import {withTimeout} from './endpoint.js';
import {getStatusCode, readMessage} from './errors.js';
import {listImages, selectNames} from './facts.js';

/** Milliseconds for one removal: a container that holds much takes its time. */
const removalTimeoutMs = 60_000;

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
	const removed: CleanupItem[] = [];
	/** Hands back what stays. */
	const removeAll = async (items: CleanupItem[]): Promise<KeptItem[]> => {
		const kept: KeptItem[] = [];
		for (const item of items) {
			const reason = await tryRemoval(() => removeItem(engine, item, plan));
			if (reason !== undefined) {
				kept.push({...item, reason});
				continue;
			}
			removed.push(item);
			onRemoved(item);
		}
		return kept;
	};
	const items = listPlannedItems(plan);
	const refused = await removeAll(items.filter(({kind}) => kind !== 'image'));
	let images = items.filter(({kind}) => kind === 'image');
	// An image can be in the way of another: go round until a round removes nothing.
	for (;;) {
		const left = await removeAll(images);
		if (left.length === 0 || left.length === images.length)
			return {removed, kept: [...plan.kept, ...refused, ...left]};
		images = images.filter(({id}) => left.some(one => one.id === id));
	}
};

/** Resolves with why it stays; with nothing when it is gone. */
const removeItem = async (engine: CleanupTarget, {kind, id, name}: CleanupItem, {names}: CleanupPlan) => {
	const {docker} = engine;
	if (kind === 'image') return removeImage(docker, id);
	if (kind === 'name') {
		const planned = names.find(one => one.id === id && one.name === name);
		return planned && removeName(engine, planned);
	}
	// With the volumes that have no name.
	if (kind === 'container') await docker.getContainer(id).remove({force: true, v: true});
	if (kind === 'network') await docker.getNetwork(id).remove();
	if (kind === 'volume') await docker.getVolume(name).remove();
	return undefined;
};

const tryRemoval = async (remove: () => Promise<string | undefined>): Promise<string | undefined> => {
	try {
		return await withTimeout(remove, removalTimeoutMs);
	} catch (error) {
		const words = readMessage(error);
		// Somebody else removed it, or is doing so.
		const isGone =
			getStatusCode(error) === 404 || /removal of container .* is already in progress/.test(words);
		return isGone ? undefined : words;
	}
};

/** What an image is called by a name: Podman writes it in two ways, and may use both. Null: nothing has that name. */
const findSpellings = async ({docker, nameOf}: CleanupTarget, name: string, id: string) => {
	const holders = (await listImages(docker, {all: true}))
		.map(({Id, RepoTags}) => ({Id, written: selectNames(RepoTags).filter(tag => nameOf(tag) === name)}))
		.filter(({written}) => written.length > 0);
	return holders.length === 0 ? null : (holders.find(({Id}) => Id === id)?.written ?? []);
};

/** Takes a name away, without the image's unnamed parents, which may be the learner's; or gives it back. */
const removeName = async (engine: CleanupTarget, {id, name, restoreTo}: CleanupPlan['names'][number]) => {
	const spellings = await findSpellings(engine, name, id);
	if (spellings?.length === 0) return messages.engine.kept.namesAnother;
	// On Podman it may still have the name, in the other way of writing it.
	const owned = restoreTo === null ? null : await findSpellings(engine, name, restoreTo);
	for (const written of spellings ?? []) {
		if (restoreTo === null || owned?.length) {
			await engine.docker.getImage(written).remove({noprune: true});
			continue;
		}
		const [, repo = written, tag = 'latest'] = /^(.*):([^:/]+)$/.exec(written) ?? [];
		await engine.docker.getImage(restoreTo).tag({repo, tag});
	}
	return undefined;
};

const removeImage = async (docker: Docker, id: string): Promise<string | undefined> => {
	const {RepoTags} = await docker.getImage(id).inspect();
	// To remove an image by its ID takes its only name away as well, without being asked twice.
	const [name] = selectNames(RepoTags);
	if (name) return messages.engine.kept.hasName(name);
	await docker.getImage(id).remove({noprune: true});
	return undefined;
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
