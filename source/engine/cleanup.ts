import type Docker from 'dockerode';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import type {CleanupItem, CleanupResult, KeptItem} from '../ownership/ledger.js';
import {type CleanupPlan, listPlannedItems} from '../ownership/plan-cleanup.js';
import {type ReachedDaemon, reachDaemon} from './daemon.js';
import {withTimeout} from './endpoint.js';
import {getStatusCode, readMessage} from './errors.js';
import {listImages, selectNames} from './facts.js';

/** Milliseconds for one removal: a large container takes time. */
const removalTimeoutMs = 60_000;

type CleanupTarget = Pick<ReachedDaemon, 'docker' | 'nameOf'>;

/**
 * Removes what a plan lists, never an image by force. Calls `onRemoved` right after each removal, so that the ledger is
 * correct even if this process dies; for a name, `id` is the image that it named. Keeps what the engine refuses to
 * remove, with its reason. Rejects with a `UserError` only if the engine can't be reached.
 */
export const executeCleanup = async (
	plan: CleanupPlan,
	env: Record<string, string>,
	onRemoved: (item: CleanupItem) => void,
): Promise<CleanupResult> => {
	const engine = await reachDaemon(env, removalTimeoutMs);
	const removed: CleanupItem[] = [];
	/** Returns the items that stay. */
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
	// An image can block the removal of another: repeat until a round removes nothing.
	for (;;) {
		const left = await removeAll(images);
		if (left.length === 0 || left.length === images.length)
			return {removed, kept: [...plan.kept, ...refused, ...left]};
		images = images.filter(({id}) => left.some(one => one.id === id));
	}
};

/** Resolves with the reason if the item stays, else with nothing. */
const removeItem = async (engine: CleanupTarget, {kind, id, name}: CleanupItem, {names}: CleanupPlan) => {
	const {docker} = engine;
	if (kind === 'image') return removeImage(docker, id);
	if (kind === 'name') {
		const planned = names.find(one => one.id === id && one.name === name);
		return planned && removeName(engine, planned);
	}
	// Including its anonymous volumes.
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
		// Another program has removed it, or is removing it.
		const isGone =
			getStatusCode(error) === 404 || /removal of container .* is already in progress/.test(words);
		return isGone ? undefined : words;
	}
};

/**
 * The spellings of a name on an image: Podman has two, and may use both. Null if no image has the name; empty if only
 * others do.
 */
const findSpellings = async ({docker, nameOf}: CleanupTarget, name: string, id: string) => {
	const holders = (await listImages(docker, {all: true}))
		.map(({Id, RepoTags}) => ({Id, written: selectNames(RepoTags).filter(tag => nameOf(tag) === name)}))
		.filter(({written}) => written.length > 0);
	return holders.length === 0 ? null : (holders.find(({Id}) => Id === id)?.written ?? []);
};

/** Gives a name back to `restoreTo`, or removes it, but not the image's unnamed parents, which may be the learner's. */
const removeName = async (engine: CleanupTarget, {id, name, restoreTo}: CleanupPlan['names'][number]) => {
	const spellings = await findSpellings(engine, name, id);
	if (spellings?.length === 0) return messages.engine.kept.namesAnother;
	// On Podman, that image may still have the name in the other spelling.
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
	// Removing an image by its ID would also remove its only name, without being asked to.
	const [name] = selectNames(RepoTags);
	if (name) return messages.engine.kept.hasName(name);
	await docker.getImage(id).remove({noprune: true});
	return undefined;
};

/** Milliseconds: for each request, the engine adds up the sizes of everything that it has. */
const usageTimeoutMs = 10_000;

/** Bytes of the engine's build cache without shared records; null if the engine doesn't answer in time. */
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
/** Since API 1.52. The engine omits numbers that are 0. */
const usageSchema = v.object({
	BuildCacheUsage: v.object({TotalCount: v.optional(v.number(), 0), TotalSize: v.optional(v.number())}),
});

/** The same in bytes, from an answer to `/system/df`; null if it isn't there: a missing list is not an empty one. */
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
