import {isPackAddress} from '../pack/pack-address.js';
import type {PackSource} from '../pack/remote-pack.js';
import {findShippedFolder, isWorkshopName, shippedNames} from '../storage/workshop-files.js';
import {type OpenWorkshop, openWorkshop} from './open-workshop.js';

/**
 * Opens a workshop that may come from a pack: if `pack` is an address and this program has no workshop of that name, gets
 * it from there. Rejects with a `UserError`.
 */
export const openPackedWorkshop = async (
	name: string,
	{dir, pack}: {dir: string | null; pack: string | PackSource | null},
): Promise<OpenWorkshop> => {
	const isHere = !isWorkshopName(name) || (findShippedFolder() && shippedNames().includes(name));
	if (isHere || pack === null || (typeof pack === 'string' && !isPackAddress(pack)))
		return openWorkshop(name, dir);
	const {obtainFromAddress} = await import('./load-from-pack.js');
	return openWorkshop(await obtainFromAddress(typeof pack === 'string' ? {url: pack} : pack, name), dir);
};
