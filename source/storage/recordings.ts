import {isUtf8} from 'node:buffer';
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Fact} from '../checks/model.js';
import type {Recording} from '../session/ports.js';
import {UserError} from '../text/user-error.js';

/** First line of a file: the command and where it ran. Then chunks, last the end. */
type Head = Pick<Recording, 'stepId' | 'argv' | 'builder' | 'format' | 'engine' | 'factsBefore'> & {
	recording: 1;
};
type Chunk =
	| {t: number; stream: 'stdout' | 'stderr'; data: string}
	| {t: number; stream: 'stdout' | 'stderr'; base64: string};
type End = Pick<Recording, 'outcome'> & {facts: Fact[]};

const fileOf = (workshopFolder: string, stepId: string) =>
	path.join(workshopFolder, 'recordings', `${stepId}.jsonl`);

/** Writes one run as JSON lines; bytes that are no UTF-8 as base64. */
export const writeRecording = (workshopFolder: string, recording: Recording): void => {
	const {chunks, outcome, facts, ...head} = recording;
	const lines: Array<Head | Chunk | End> = [
		{recording: 1, ...head},
		...chunks.map(({t, stream, bytes}): Chunk => {
			const at = {t: Math.round(t), stream};
			return isUtf8(bytes)
				? {...at, data: Buffer.from(bytes).toString('utf8')}
				: {...at, base64: Buffer.from(bytes).toString('base64')};
		}),
		{outcome, facts},
	];
	mkdirSync(path.join(workshopFolder, 'recordings'), {recursive: true});
	writeFileSync(
		fileOf(workshopFolder, recording.stepId),
		`${lines.map(line => JSON.stringify(line)).join('\n')}\n`,
	);
};

/** Ids of the steps that a workshop has recordings of. */
export const recordedSteps = (workshopFolder: string): string[] => {
	const folder = path.join(workshopFolder, 'recordings');
	if (!existsSync(folder)) return [];
	return readdirSync(folder).flatMap(name =>
		name.endsWith('.jsonl') ? [name.slice(0, -'.jsonl'.length)] : [],
	);
};

/** The recording of a step; null when there is none. Throws a `UserError` when it is damaged. */
export const readRecording = (workshopFolder: string, stepId: string): Recording | null => {
	const file = fileOf(workshopFolder, stepId);
	if (!existsSync(file)) return null;
	try {
		const [head, ...rest] = readFileSync(file, 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		const {recording: _, ...fields} = head as Head;
		const end = rest.pop() as End;
		const chunks = (rest as Chunk[]).map(chunk => ({
			t: chunk.t,
			stream: chunk.stream,
			bytes: 'data' in chunk ? Buffer.from(chunk.data) : Buffer.from(chunk.base64, 'base64'),
		}));
		return {...fields, chunks, ...end};
	} catch (error) {
		throw new UserError(`The recording ${file} is damaged.`, {
			next: 'install the program again',
			cause: error,
		});
	}
};
