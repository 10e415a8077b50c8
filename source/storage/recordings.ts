import {isUtf8} from 'node:buffer';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type {Fact} from '../checks/model.js';
import {messages} from '../messages/index.js';
import type {EngineIdentity, Recording} from '../session/ports.js';
import type {Builder} from '../stages/model.js';
import {UserError} from '../text/user-error.js';
import {listNames, readTextFile} from './files.js';

/** Bytes: a recording is read whole, and the output of a build takes a thousandth of this. */
const maxRecordingBytes = 256 * 1024 * 1024;

const builder = v.nullable(v.picklist(['legacy', 'buildkit']));
const facts = v.array(v.custom<Fact>(fact => v.is(v.object({fact: v.string()}), fact)));
const engineSchema = v.object({
	id: v.string(),
	version: v.string(),
	store: v.picklist(['graphdriver', 'containerd']),
	cli: v.object({version: v.string(), buildx: v.nullable(v.string())}),
	recorded: v.object({date: v.string(), standIn: v.boolean()}),
});

const targetSchema = v.object({
	name: v.string(),
	dockerfile: v.nullable(v.string()),
	inline: v.nullable(v.string()),
	target: v.optional(v.string()),
	buildArgs: v.array(v.string()),
	contexts: v.array(v.string()),
	platforms: v.array(v.string()),
});

/** The first line of a file: the command, and where it ran. The chunks and the end follow. */
const headSchema = v.object({
	stepId: v.string(),
	argv: v.array(v.string()),
	builder,
	format: v.nullable(v.picklist(['rawjson', 'plain', 'legacy'])),
	targets: v.exactOptional(v.array(targetSchema)),
	engine: v.custom<EngineIdentity>(engine => v.is(engineSchema, engine)),
	factsBefore: facts,
});
const stamp = {t: v.number(), stream: v.picklist(['stdout', 'stderr'])};
const chunksSchema = v.array(
	v.union([v.object({...stamp, data: v.string()}), v.object({...stamp, base64: v.string()})]),
);
const endSchema = v.object({
	outcome: v.variant('ended', [
		v.object({
			ended: v.literal('exited'),
			exitCode: v.number(),
			seconds: v.number(),
			unkept: v.exactOptional(v.string()),
		}),
		v.object({ended: v.literal('cancelled'), seconds: v.number()}),
		v.object({ended: v.literal('could-not-start'), message: v.string(), seconds: v.number()}),
	]),
	facts,
});

const folderOf = (workshopFolder: string) => path.join(workshopFolder, 'recordings');

/** A run of a step, with this builder if it is a build. */
export type RecordingKey = {stepId: string; builder: Builder | null};

/** `26/build-simple.legacy.jsonl`, `26/run-simple.jsonl`. */
const fileOf = (workshopFolder: string, engine: string, {stepId, builder}: RecordingKey) =>
	path.join(folderOf(workshopFolder), engine, `${[stepId, ...(builder ? [builder] : [])].join('.')}.jsonl`);

/** The key of an engine's recordings: its major version, `26`. */
export const engineGeneration = ({version}: Recording['engine']): string => version.split('.', 1)[0] ?? '';

/** Writes one run as JSON lines, with bytes that are not UTF-8 as base64. */
export const writeRecording = (workshopFolder: string, recording: Recording): void => {
	const {chunks, outcome, facts, ...head} = recording;
	const lines = [
		{recording: 1, ...head},
		...chunks.map(({t, stream, bytes}) => {
			const at = {t: Math.round(t), stream};
			return isUtf8(bytes)
				? {...at, data: Buffer.from(bytes).toString('utf8')}
				: {...at, base64: Buffer.from(bytes).toString('base64')};
		}),
		{outcome, facts},
	];
	const file = fileOf(workshopFolder, engineGeneration(recording.engine), recording);
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, `${lines.map(line => JSON.stringify(line)).join('\n')}\n`);
};

/** The major versions of a workshop's recorded engines, newest first: `26`, `20`. */
export const recordedEngines = (workshopFolder: string): string[] => {
	const folder = folderOf(workshopFolder);
	const holdsRuns = (name: string) =>
		listNames(path.join(folder, name)).some(file => file.endsWith('.jsonl'));
	return listNames(folder)
		.filter(name => /^\d+$/.test(name) && holdsRuns(name))
		.sort((one, other) => Number(other) - Number(one));
};

export const isRecorded = (workshopFolder: string, engine: string, key: RecordingKey): boolean =>
	existsSync(fileOf(workshopFolder, engine, key));

/** The recording of a step on one engine; null if there is none. Throws a `UserError` if it is damaged. */
export const readRecording = (
	workshopFolder: string,
	engine: string,
	key: RecordingKey,
): Recording | null => {
	const file = fileOf(workshopFolder, engine, key);
	if (!existsSync(file)) return null;
	try {
		const [first, ...rest] = readTextFile(file, maxRecordingBytes)
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		const head = v.parse(headSchema, first);
		const end = v.parse(endSchema, rest.pop());
		const chunks = v.parse(chunksSchema, rest).map(({t, stream, ...chunk}) => ({
			t,
			stream,
			bytes: 'data' in chunk ? Buffer.from(chunk.data) : Buffer.from(chunk.base64, 'base64'),
		}));
		return {...head, chunks, ...end};
	} catch (error) {
		throw new UserError(messages.storage.damagedRecording(file), {cause: error});
	}
};
