import {readFileSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import {sync as writeFileAtomicSync} from 'write-file-atomic';
import {digest} from '../explain/digest.js';
import type {ExplainRecord, KeptFile} from '../explain/record.js';
import {messages} from '../messages/index.js';
import {describeError} from '../text/wording.js';
import {listNames, tryRead} from './files.js';
import {makePrivateFolder, privateFile} from './state-folder.js';

/** What a record belongs to. */
export type ExplainKey = {
	/** The absolute path of the Dockerfile. */
	dockerfile: string;
	/** As given; empty for the last stage. */
	target: string;
	buildArgs: ReadonlyMap<string, string>;
};

/** The records of the last `explain` of each build. */
export type ExplainStore = {
	/**
	 * Loads the record of a build or, if there is none, the newest one of the same Dockerfile (`isOther`). Null if there
	 * is none that this version can read.
	 */
	load(key: ExplainKey): {record: ExplainRecord; isOther: boolean} | null;
	/** Replaces the record of the same build. Never throws: returns a problem as one sentence. */
	keep(key: ExplainKey, record: ExplainRecord): string | null;
};

/** The records that are kept; the oldest are removed. */
const keptRecords = 20;

const texts = v.array(v.string());
const nullableText = v.nullable(v.string());

/** The first line of a record. The others are `[path, print, stamp]` of a file each. */
const headSchema = v.object({
	format: v.literal(1),
	at: v.number(),
	context: v.string(),
	stages: v.array(
		v.object({name: v.string(), image: nullableText, base: nullableText, platform: v.string()}),
	),
	instructions: v.array(
		v.object({
			stage: v.string(),
			line: v.number(),
			text: v.string(),
			written: v.string(),
			definition: v.string(),
			settings: v.record(v.string(), v.string()),
			args: texts,
			before: v.string(),
			key: v.string(),
			looseKey: v.string(),
		}),
	),
	images: v.record(v.string(), v.object({id: v.string(), print: v.string()})),
});

/** The records in a folder of the state folder, in one file each. */
export const createExplainStore = (stateFolder: string): ExplainStore => {
	const folder = path.join(stateFolder, 'explain');
	const prefixOf = ({dockerfile}: ExplainKey): string => `${digest(dockerfile)}.`;
	// Build arguments may be secret, so not even the name of the file shows them.
	const fileOf = (key: ExplainKey): string =>
		path.join(folder, prefixOf(key) + digest(key.target, JSON.stringify([...key.buildArgs].sort())));
	const read = (file: string): ExplainRecord | null => tryRead(() => parseRecord(readFileSync(file, 'utf8')));
	return {
		load(key) {
			const own = read(fileOf(key));
			if (own) return {record: own, isOther: false};
			const names = listNames(folder).filter(name => name.startsWith(prefixOf(key)));
			const [newest] = sortByAge(names.map(name => path.join(folder, name)));
			const other = newest === undefined ? null : read(newest);
			return other && {record: other, isOther: true};
		},
		keep(key, record) {
			try {
				makePrivateFolder(folder);
				removeOldest(folder, fileOf(key));
				writeFileAtomicSync(fileOf(key), formatRecord(record), privateFile);
				return null;
			} catch (error) {
				return messages.explain.notKept(describeError(error));
			}
		},
	};
};

const formatRecord = ({files, ...head}: ExplainRecord): Buffer => {
	const rows = [JSON.stringify({format: 1, ...head})];
	for (const [file, {print, stamp}] of files) rows.push(JSON.stringify([file, print, stamp]));
	return Buffer.from(`${rows.join('\n')}\n`);
};

const parseRecord = (text: string): ExplainRecord => {
	const [first = '', ...rows] = text.trimEnd().split('\n');
	const {format: _, ...head} = v.parse(headSchema, JSON.parse(first));
	const files = new Map<string, KeptFile>();
	for (const row of rows) {
		const [file, print, stamp] = JSON.parse(row) as unknown[];
		files.set(String(file), {print: String(print), stamp: String(stamp)});
	}
	return {...head, files};
};

/** Makes room for one file more. */
const removeOldest = (folder: string, written: string): void => {
	const files = listNames(folder)
		.map(name => path.join(folder, name))
		.filter(file => file !== written);
	if (files.length < keptRecords) return;
	for (const file of sortByAge(files).slice(keptRecords - 1)) rmSync(file, {force: true});
};

/** The newest first. */
const sortByAge = (files: string[]): string[] =>
	files
		.map(file => ({file, at: statSync(file, {throwIfNoEntry: false})?.mtimeMs ?? 0}))
		.sort((a, b) => b.at - a.at)
		.map(({file}) => file);
