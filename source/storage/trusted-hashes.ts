import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '../text/message-of.js';
import {makePrivateFolder, privateFile} from './private-modes.js';

/** The hashes of workshops that this user trusts. */
export type TrustedHashes = {
	has(hash: string): boolean;
	/** Keeps a hash, with the folder in which it was seen. One sentence when that can't be done: it is asked for again. */
	add(hash: string, folder: string): string | null;
};

/** Keeps them in the state folder, a file each, so that two programs never write the same one. */
export const createTrustedHashes = (stateFolder: string): TrustedHashes => {
	const fileOf = (hash: string) => path.join(stateFolder, 'trusted', hash);
	return {
		has: hash => existsSync(fileOf(hash)),
		add(hash, folder) {
			try {
				makePrivateFolder(path.dirname(fileOf(hash)));
				writeFileSync(fileOf(hash), `${folder}\n`, privateFile);
				return null;
			} catch (error) {
				return `That you trust it can’t be kept: ${messageOf(error)}.`;
			}
		},
	};
};
