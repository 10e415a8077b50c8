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
 * What our runs created, as JSON lines, in one file per process and engine, so that two copies of the program never
 * write to the same file. An entry is on the disk before anything depends on it. `owner`: the workshop that is run;
 * null for any. Appending throws a `UserError` on failure.
 */
export const createLedger = (stateFolder: string, owner: Owner | null = null): Ledger => {
	const folderOf = (engineId: string) =>
		path.join(stateFolder, 'ledger', engineId.replaceAll(/[^\w-]/g, '_') || 'unknown');
	const name = `${new Date().toISOString().replaceAll(':', '-')}-${process.pid}.jsonl`;
	let isCut = false;
	return {
		owner,
		entries(engineId) {
			// Names begin with a time, so they are in order.
			return listNames(folderOf(engineId))
				.filter(file => file.endsWith('.jsonl'))
				.flatMap(file => readEntries(path.join(folderOf(engineId), file)));
		},
		append(noted) {
			const entry = owner && !noted.workshop ? {...noted, workshop: owner} : noted;
			const folder = folderOf(entry.engine);
			// A line that a full disk cut off must not corrupt the next one.
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

/** Skips a line that a crash cut off or a newer version wrote: an unreadable entry makes nothing ours. */
const readEntries = (file: string): LedgerEntry[] => {
	const text = tryRead(() => (statSync(file).isFile() ? readFileSync(file, 'utf8') : null)) ?? '';
	return text.split('\n').flatMap(line => tryRead(() => v.parse(ledgerEntrySchema, JSON.parse(line))) ?? []);
};
