import {openImageStore} from '../../engine/image-store.js';
import {comparePack, type PackState} from '../../pack/load-pack.js';
import type {OpenWorkshop} from '../open-workshop.js';
import {checkPack} from '../take-from-pack.js';

/**
 * A pack in which nothing is wrong. `state`: what the engine has of it; null without an engine. `unchecked`: what
 * could not be checked, as a sentence; null where everything was.
 */
export type PackLook = {state: PackState | null; unchecked: string | null};

/** Checks all of a pack, and compares it with the engine. Loads nothing. Rejects with a `UserError` that names what is wrong. */
export const lookAtPack = async (
	folder: string,
	{open, env}: {open: OpenWorkshop; env: Record<string, string>},
): Promise<PackLook> => {
	const pack = await checkPack(folder, open, new AbortController().signal);
	// That there is none is another finding.
	const store = await openImageStore(env).catch(() => null);
	return {state: store && (await comparePack(pack, store)), unchecked: pack.unchecked};
};
