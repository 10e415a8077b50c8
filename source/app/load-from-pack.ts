import path from 'node:path';
import type {PackInspection} from '../doctor/machine.js';
import {type ImageStore, openImageStore} from '../engine/image-store.js';
import {messages} from '../messages/index.js';
import type {Ledger, Owner} from '../ownership/ledger.js';
import {comparePack, loadPack} from '../pack/load-pack.js';
import {type VerifiedPack, verifyPack} from '../pack/verify-pack.js';
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
 * Verifies a pack, loads the images that the engine lacks, and prints the result on stderr. If a name pointed to
 * another image, records that in the ledger, so that clean-up restores it. Uses no network. Resolves with the exit code
 * if a signal interrupted it, else with null. `before: 'screen'`: doesn't report a missing engine, because the screen
 * does, and loads nothing into a remote engine, because the learner hasn't been asked yet.
 */
export const loadFromPack = async (
	folder: string,
	open: OpenWorkshop,
	{signal, before}: {signal: AbortSignal; before: 'steps' | 'screen'},
): Promise<number | null> => {
	try {
		// Connect to the engine while the pack is verified, but report problems of the pack first.
		const reached = openImageStore(inheritedEnvironment());
		reached.catch(() => {});
		const pack = await verifyPackShowingProgress(folder, open, signal);
		if (pack.unchecked !== null) printMessage(pack.unchecked);
		const store = await reached.catch(error => {
			if (before === 'steps') throw error;
			return null;
		});
		if (store && (store.local || before === 'steps'))
			await loadMissing(pack, store, {owner: open.owner, signal});
		else if (store) printMessage(messages.app.pack.remoteEngine(store.endpoint));
		return null;
	} catch (error) {
		if (!signal.aborted) throw error;
		printMessage(messages.app.pack.interrupted);
		return Number(signal.reason);
	}
};

/** Loads the missing images of a verified pack. */
const loadMissing = async (
	pack: VerifiedPack,
	store: ImageStore,
	{owner, signal}: {owner: Owner; signal: AbortSignal},
): Promise<void> => {
	const ledger: Ledger = createLedger(stateFolder(), owner);
	const state = await comparePack(pack, store);
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
 * Verifies a pack and compares it with the engine. Loads nothing. Rejects with a `UserError` that states the problem.
 */
export const inspectPack = async (
	folder: string,
	{open, env}: {open: OpenWorkshop; env: Record<string, string>},
): Promise<PackInspection> => {
	const pack = await verifyPackShowingProgress(folder, open, new AbortController().signal);
	// A missing engine is another finding.
	const store = await openImageStore(env).catch(() => null);
	return {state: store && (await comparePack(pack, store)), unchecked: pack.unchecked};
};
