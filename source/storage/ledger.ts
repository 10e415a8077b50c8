import {appendFileSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import {messages} from '../messages/index.js';
import {type Ledger, type LedgerEntry, ledgerEntrySchema, type Owner} from '../ownership/ledger.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {listNames, tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/**
 * What our runs made, as JSON lines, one file per process and engine: two copies of the program never write to the same file,
 * and an entry stands on the disk before anything depends on it. `owner`: the workshop that is run; null: any. Appending throws a `UserError` when that can't be done.
 */
export const createLedger = (stateFolder: string, owner: Owner | null = null): Ledger => {
	const folderOf = (engineId: string) =>
		path.join(stateFolder, 'ledger', engineId.replaceAll(/[^\w-]/g, '_') || 'unknown');
	const name = `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}.jsonl`;
	let isCut = false;
	return {
		owner,
		entries(engineId) {
			// Names begin with the time their files were opened.
			return listNames(folderOf(engineId))
				.filter(file => file.endsWith('.jsonl'))
				.flatMap(file => readEntries(path.join(folderOf(engineId), file)));
		},
		append(noted) {
			const entry = owner && !noted.workshop ? {...noted, workshop: owner} : noted;
			const folder = folderOf(entry.engine);
			// What a full disk cut off must not spoil the line behind it.
			const begin = isCut ? '\n' : '';
			isCut = true;
			try {
				makePrivateFolder(folder);
				appendFileSync(path.join(folder, name), `${begin}${JSON.stringify(entry)}\n`, privateFile);
			} catch (error) {
				throw new UserError(messages.storage.ledgerNotWritten(folder, describeError(error)), {cause: error});
			}
			isCut = false;
		},
	};
};

/** Skips a line that a crash cut off or a newer version wrote. What can't be read makes nothing ours. */
const readEntries = (file: string): LedgerEntry[] => {
	const text = tryRead(() => (statSync(file).isFile() ? readFileSync(file, 'utf8') : null)) ?? '';
	return text.split('\n').flatMap(line => tryRead(() => v.parse(ledgerEntrySchema, JSON.parse(line))) ?? []);
};
