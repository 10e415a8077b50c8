import {appendFileSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import type {Ledger, LedgerEntry, Owner} from '../ownership/ledger.js';
import {UserError} from '../text/user-error.js';
import {describeError} from '../text/wording.js';
import {listNames, tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

const common = {
	engine: v.string(),
	id: v.string(),
	workshop: v.optional(v.object({id: v.string(), argument: v.string()})),
};
const texts = v.record(v.string(), v.string());
const images = v.object({ids: v.array(v.string()), names: texts});
const makingSchema = v.object({
	makes: v.object({
		names: v.array(v.string()),
		images: v.array(v.picklist(['built', 'printed', 'loaded'])),
		pulled: v.array(v.string()),
		containers: v.array(v.string()),
		printsContainer: v.boolean(),
		volumes: v.array(v.string()),
		printsVolume: v.boolean(),
		networks: v.array(v.string()),
		files: v.array(v.string()),
		isTyped: v.boolean(),
	}),
	before: v.object({
		images: v.nullable(images),
		things: v.nullable(v.object({containers: texts, volumes: texts, networks: texts})),
		files: texts,
	}),
});
const entrySchema = v.variant('kind', [
	v.object({kind: v.literal('image'), ...common}),
	v.object({kind: v.literal('container'), stepId: v.nullable(v.string()), ...common}),
	v.object({kind: v.literal('name'), name: v.string(), before: v.nullable(v.string()), ...common}),
	v.object({kind: v.literal('volume'), createdAt: v.string(), ...common}),
	v.object({kind: v.literal('network'), name: v.string(), ...common}),
	v.object({kind: v.literal('file'), print: v.string(), ...common}),
	v.object({kind: v.literal('gone'), ...common}),
	v.object({
		kind: v.literal('intent'),
		stepId: v.nullable(v.string()),
		build: v.nullable(
			v.object({
				tags: v.array(v.string()),
				format: v.picklist(['rawjson', 'plain', 'legacy', 'buildah']),
				before: images,
			}),
		),
		making: v.optional(makingSchema),
		...common,
	}),
	v.object({kind: v.literal('settled'), ...common}),
]);

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
				throw new UserError(`What the workshop makes can't be noted: ${describeError(error)}.`, {
					next: `fix that for ${folder}, then run this step again`,
					cause: error,
				});
			}
			isCut = false;
		},
	};
};

/** Skips a line that a crash cut off or a newer version wrote. What can't be read makes nothing ours. */
const readEntries = (file: string): LedgerEntry[] => {
	const text = tryRead(() => (statSync(file).isFile() ? readFileSync(file, 'utf8') : null)) ?? '';
	return text
		.split('\n')
		.flatMap(line => tryRead((): LedgerEntry => v.parse(entrySchema, JSON.parse(line))) ?? []);
};
