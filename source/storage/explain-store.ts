import {closeSync, openSync, readSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as v from 'valibot';
import type {ContextEntry} from '../explain/context.js';
import {digest} from '../explain/digest.js';
import type {ExplainRecord, KeptFile} from '../explain/record.js';
import {messages} from '../messages/index.js';
import {createLineSplitter} from '../text/lines.js';
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
	contexts: ReadonlyMap<string, string>;
};

type FindEntry = (path: string) => Pick<ContextEntry, 'path' | 'stamp'> | undefined;

/** The records of the last `explain` of each build. */
export type ExplainStore = {
	/**
	 * Loads the record of a build or, if there is none, the newest one of the same Dockerfile (`isOther`). Null if there
	 * is none that this version can read. `find`: finds an entry of the build context, whose texts are then used again.
	 */
	load(key: ExplainKey, find?: FindEntry): {record: ExplainRecord; isOther: boolean} | null;
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
	const fileOf = (key: ExplainKey): string => {
		const pairs = [key.buildArgs, key.contexts].map(given => JSON.stringify([...given].sort()));
		return path.join(folder, prefixOf(key) + digest(key.target, ...pairs));
	};
	const read = (file: string, find: FindEntry): ExplainRecord | null => tryRead(() => readRecord(file, find));
	return {
		load(key, find = () => undefined) {
			const own = read(fileOf(key), find);
			if (own) return {record: own, isOther: false};
			const names = listNames(folder).filter(name => name.startsWith(prefixOf(key)));
			const [newest] = sortByAge(names.map(name => path.join(folder, name)));
			const other = newest === undefined ? null : read(newest, find);
			return other && {record: other, isOther: true};
		},
		keep(key, record) {
			try {
				makePrivateFolder(folder);
				removeOldest(folder, fileOf(key));
				writeRecord(fileOf(key), record);
				return null;
			} catch (error) {
				return messages.explain.notKept(describeError(error));
			}
		},
	};
};

/** Bytes that are written or read at once: a record of 100,000 files has 15 MB. */
const bytesAtOnce = 256 * 1024;

/** Writes a record to a new file, which then replaces the old one. */
const writeRecord = (file: string, record: ExplainRecord): void => {
	const draft = `${file}.${process.pid}`;
	const descriptor = openSync(draft, 'w', privateFile.mode);
	try {
		let text = '';
		for (const row of formatRows(record)) {
			text += row;
			if (text.length < bytesAtOnce) continue;
			writeFileSync(descriptor, text);
			text = '';
		}
		writeFileSync(descriptor, text);
	} finally {
		closeSync(descriptor);
	}
	renameSync(draft, file);
};

function* formatRows({files, ...head}: ExplainRecord): Iterable<string> {
	yield `${JSON.stringify({format: 1, ...head})}\n`;
	for (const [file, {print, stamp}] of files) yield `${JSON.stringify([file, print, stamp])}\n`;
}

/** Throws for a record that is damaged, or of another version. Null for an empty file. */
const readRecord = (file: string, find: FindEntry): ExplainRecord | null => {
	let head: Omit<ExplainRecord, 'files'> | null = null;
	const files = new Map<string, KeptFile>();
	const splitter = createLineSplitter(
		line => {
			if (head === null) {
				const {format: _, ...kept} = v.parse(headSchema, JSON.parse(line));
				head = kept;
				return;
			}
			const [name, print, stamp] = JSON.parse(line) as unknown[];
			const entry = find(String(name));
			const kept = entry && entry.stamp === stamp ? entry.stamp : String(stamp);
			files.set(entry?.path ?? String(name), {print: String(print), stamp: kept});
		},
		{maxLength: Number.POSITIVE_INFINITY},
	);
	const descriptor = openSync(file, 'r');
	try {
		const buffer = Buffer.allocUnsafe(bytesAtOnce);
		for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer))
			splitter.push(buffer.subarray(0, count));
		splitter.end();
	} finally {
		closeSync(descriptor);
	}
	return head && {...(head as Omit<ExplainRecord, 'files'>), files};
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
