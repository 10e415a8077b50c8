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

/** Verifies a whole pack, and shows the progress. Rejects with a `UserError` that names what is wrong. */
export const verifyPackShowingProgress = async (
	folder: string,
	{workshop}: OpenWorkshop,
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
 * Checks a pack, then loads what the engine lacks of it, and says what became of it on stderr. A name that stood for
 * another image is noted in the ledger, so that clean-up gives it back. Touches no network. Resolves with the exit code
 * when a signal ended it, else with null. `before` the screen, that no engine answers is for the screen to say, and an
 * engine that is not on this machine gets nothing, because nobody was asked yet.
 */
export const loadFromPack = async (
	folder: string,
	open: OpenWorkshop,
	{signal, before}: {signal: AbortSignal; before: 'steps' | 'screen'},
): Promise<number | null> => {
	try {
		// The engine is contacted while the pack is verified; problems of the pack are reported first.
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

/** Loads what an engine lacks of a checked pack. */
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

/** Checks all of a pack, and compares it with the engine. Loads nothing. Rejects with a `UserError` that names what is wrong. */
export const inspectPack = async (
	folder: string,
	{open, env}: {open: OpenWorkshop; env: Record<string, string>},
): Promise<PackInspection> => {
	const pack = await verifyPackShowingProgress(folder, open, new AbortController().signal);
	// That there is none is another finding.
	const store = await openImageStore(env).catch(() => null);
	return {state: store && (await comparePack(pack, store)), unchecked: pack.unchecked};
};
