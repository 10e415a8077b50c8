import type Docker from 'dockerode';
import type {CleanupPlan} from '../ownership/plan-cleanup.js';
import type {CleanupItem, CleanupResult} from '../session/ports.js';
import {askEngine} from './ask-engine.js';
import {reachDaemon} from './reach-daemon.js';
import {namesOf} from './read-images.js';

/** Milliseconds for one removal: a container that holds much takes its time. */
const patience = 60_000;

/** Null: it has gone. Else why it stays. */
type Removal = (docker: Docker) => Promise<string | null>;

/**
 * Removes what a plan lists, never an image by force. `onRemoved` is called after each thing that is gone, at once,
 * so that the ledger knows even if this process ends; for a name `id` is the image that it named. What the engine
 * refuses is kept, with the engine's reason. Rejects with a `UserError` only when the engine can't be
 * reached at all.
 */
export const carryOut = async (
	plan: CleanupPlan,
	env: Record<string, string>,
	onRemoved: (item: CleanupItem) => void,
): Promise<CleanupResult> => {
	const {docker} = await reachDaemon(env, patience);
	const result: CleanupResult = {removed: [], kept: [...plan.kept]};
	const attempt = async (item: CleanupItem, remove: Removal): Promise<string | null> => {
		const reason = await tryRemoval(docker, remove);
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
		const reason = await attempt(item, restoreTo ? giveBack(name, id, restoreTo) : removeName(name, id));
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

const tryRemoval = async (docker: Docker, remove: Removal): Promise<string | null> => {
	try {
		return await askEngine(() => remove(docker), patience);
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
	async docker => {
		await docker.getContainer(id).remove({force: true, v: true});
		return null;
	};

const removeNetwork =
	(id: string): Removal =>
	async docker => {
		await docker.getNetwork(id).remove();
		return null;
	};

const removeVolume =
	(name: string): Removal =>
	async docker => {
		await docker.getVolume(name).remove();
		return null;
	};

/** Without its unnamed parents: those may be the learner's. */
const removeName =
	(name: string, id: string): Removal =>
	async docker => {
		if ((await docker.getImage(name).inspect()).Id !== id) return 'it names another image now';
		await docker.getImage(name).remove({noprune: true});
		return null;
	};

const giveBack =
	(name: string, id: string, restoreTo: string): Removal =>
	async docker => {
		if ((await docker.getImage(name).inspect()).Id !== id) return 'it names another image now';
		const [, repo = name, tag = 'latest'] = /^(.*):([^:/]+)$/.exec(name) ?? [];
		await docker.getImage(restoreTo).tag({repo, tag});
		return null;
	};

const removeImage =
	(id: string): Removal =>
	async docker => {
		const {RepoTags} = await docker.getImage(id).inspect();
		// To remove an image by its ID takes its only name away as well, without being asked twice.
		const [name] = namesOf(RepoTags);
		if (name) return `it is called ${name}`;
		await docker.getImage(id).remove({noprune: true});
		return null;
	};
