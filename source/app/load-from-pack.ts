import path from 'node:path';
import type {PackInspection} from '../doctor/machine.js';
import {type ImageStore, openImageStore} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import type {Ledger, Owner} from '../ownership/ledger.js';
import {comparePack, loadPack, type PackState} from '../pack/load-pack.js';
import {isPackAddress} from '../pack/pack-address.js';
import {
	obtainPack,
	obtainWorkshop,
	openRemotePack,
	type PackSource,
	type RemoteOptions,
	removeDownloads,
} from '../pack/remote-pack.js';
import {selectNeeded, type VerifiedPack, verifyPack} from '../pack/verify-pack.js';
import {createLedger} from '../storage/ledger.js';
import {stateFolder} from '../storage/state-folder.js';
import {inheritedEnvironment} from '../system/processes.js';
import type {OpenWorkshop} from './open-workshop.js';
import {createProgressBar, printMessage} from './output.js';

/** Verifies a whole pack and shows the progress. Rejects with a `UserError` that states the problem. */
export const verifyPackShowingProgress = async (
	folder: string,
	{workshop}: {workshop: Pick<OpenWorkshop['workshop'], 'id' | 'images'>},
	signal: AbortSignal,
): Promise<VerifiedPack> => {
	const progress = createProgressBar();
	try {
		const {id, images} = workshop;
		const client = {workshop: {id, images}, onProgress: progress.onProgress, signal};
		return await verifyPack(path.resolve(folder), client);
	} finally {
		progress.done();
	}
};

/**
 * Verifies a pack, in a folder or at an address, loads the images that the engine lacks, and prints the result on stderr.
 * If a name pointed to another image, records that in the ledger, so that clean-up restores it. Uses no network but to
 * that address. Resolves with the exit code if a signal interrupted it, else with null. `before: 'screen'`: doesn't
 * report a missing engine, because the screen does, and loads nothing into a remote engine, because the learner hasn't
 * been asked yet.
 */
export const loadFromPack = async (
	pack: string | PackSource,
	open: OpenWorkshop,
	{signal, before}: {signal: AbortSignal; before: 'steps' | 'screen'},
): Promise<number | null> => {
	const source = typeof pack === 'string' && isPackAddress(pack) ? {url: pack} : pack;
	// Connect to the engine while the pack is verified, but report problems of the pack first.
	const reached = openImageStore(inheritedEnvironment());
	reached.catch(() => {});
	const reachStore = async (): Promise<ImageStore | null> => {
		const store = await reached.catch(error => {
			if (before === 'steps') throw error;
			return null;
		});
		if (!store || store.local || before === 'steps') return store;
		printMessage(messages.app.pack.remoteEngine(store.endpoint));
		return null;
	};
	try {
		if (typeof source === 'string') await loadFromFolder(source, open, {reachStore, signal});
		else await loadFromAddress(source, open, {reachStore, signal});
		return null;
	} catch (error) {
		if (!signal.aborted) throw error;
		printMessage(messages.app.pack.interrupted);
		return Number(signal.reason);
	}
};

/** `reachStore`: null if nothing is to be loaded. */
type LoadOptions = {reachStore(): Promise<ImageStore | null>; signal: AbortSignal};

const loadFromFolder = async (folder: string, open: OpenWorkshop, {reachStore, signal}: LoadOptions) => {
	const pack = await verifyPackShowingProgress(folder, open, signal);
	if (pack.unchecked !== null) printMessage(pack.unchecked);
	const store = await reachStore();
	if (store) await loadMissing(pack, await comparePack(pack, store), {store, owner: open.owner, signal});
};

const loadFromAddress = async (source: PackSource, open: OpenWorkshop, {reachStore, signal}: LoadOptions) => {
	const {workshop, owner} = open;
	const obtained = await withProgress(signal, async options => {
		const remote = await openRemotePack(source, options);
		selectNeeded(null, remote.manifest, workshop);
		const store = await reachStore();
		return store && {store, ...(await obtainPack(remote, {workshop, store}, options))};
	});
	if (!obtained) return;
	const {store, pack, state} = obtained;
	await loadMissing(pack, state, {store, owner, signal});
	removeDownloads(pack);
};

/** Runs what downloads or verifies, and shows how far it is. */
const withProgress = async <Result>(
	signal: AbortSignal,
	work: (options: RemoteOptions) => Promise<Result>,
): Promise<Result> => {
	const progress = createProgressBar();
	try {
		return await work({stateFolder: stateFolder(), onProgress: progress.onProgress, signal});
	} finally {
		progress.done();
	}
};

/**
 * Gets a workshop of a pack at an address. Resolves with what opens it: its ID if it is one that comes with this
 * program, else a folder, which needs trust. Rejects with a `UserError`.
 */
export const obtainFromAddress = (source: PackSource, id: string): Promise<string> =>
	withProgress(new AbortController().signal, async options =>
		obtainWorkshop(await openRemotePack(source, options), id, options),
	);

/** Loads the missing images of a verified pack. */
const loadMissing = async (
	pack: VerifiedPack,
	state: PackState,
	{store, owner, signal}: {store: ImageStore; owner: Owner; signal: AbortSignal},
): Promise<void> => {
	const ledger: Ledger = createLedger(stateFolder(), owner);
	const progress = createProgressBar();
	const lines: string[] = [];
	try {
		await loadPack(pack, store, state, {
			onProgress: progress.onProgress,
			onLoaded({name, id, before}) {
				lines.push(messages.app.pack.loaded(name));
				if (before === null) return;
				ledger.append({kind: 'name', engine: store.engineId, name, id, before});
				lines.push(messages.app.pack.nameTaken(before.replace('sha256:', '').slice(0, 12)));
			},
			signal,
		});
	} finally {
		progress.done();
		for (const line of lines) printMessage(line);
	}
	const {present} = state;
	if (present.length > 0) printMessage(messages.app.pack.present(present.map(({name}) => name)));
};

/**
 * Verifies a pack and compares it with the engine; of a pack at an address, reads only the manifest. Loads nothing.
 * Rejects with a `UserError` that states the problem.
 */
export const inspectPack = async (
	pack: string,
	{open, env}: {open: OpenWorkshop; env: Record<string, string>},
): Promise<PackInspection> => {
	const {signal} = new AbortController();
	// A missing engine is another finding.
	const reachStore = () => openImageStore(env).catch(() => null);
	if (!isPackAddress(pack)) {
		const verified = await verifyPackShowingProgress(pack, open, signal);
		const store = await reachStore();
		return {state: store && (await comparePack(verified, store)), unchecked: verified.unchecked};
	}
	const {workshop} = open;
	return withProgress(signal, async options => {
		const {place, manifest} = await openRemotePack({url: pack}, options);
		const images = selectNeeded(null, manifest, workshop);
		const store = await reachStore();
		const unchecked = messages.pack.remote.unchecked(place);
		return {state: store && (await comparePack({place, images}, store)), unchecked};
	});
};
