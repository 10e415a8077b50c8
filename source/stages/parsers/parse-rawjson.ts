import prettyBytes from 'pretty-bytes';
import {createLineSplitter, type LineSplitter} from '../../text/lines.js';
import type {BuildEvent, BuildParser} from '../model.js';
import {createEventQueue} from './line-parser.js';
import {parseImageExport, parseOutsideLine} from './parse-plain.js';

/**
 * Parses the progress of buildx 0.13 and newer with `BUILDKIT_PROGRESS=rawjson`: objects on stderr, or on stdout if
 * `docker compose` builds, pretty-printed by 0.13, with the text of errors between or after them. Event times use BuildKit's clock, aligned with the run's by the
 * first object.
 */
export const createRawjsonParser = (): BuildParser => {
	const {emit, take} = createEventQueue();
	let now = 0;
	const outside = () =>
		createLineSplitter(line => {
			emit(...parseOutsideLine(line, now / 1000));
		});
	const lines = {stdout: outside(), stderr: outside()};
	const reader = createProgressFolder(emit);
	const splitterOf = (stream: 'stdout' | 'stderr') =>
		createObjectSplitter({
			onObject(object) {
				const progress = parseProgress(object);
				if (progress) reader.read(progress, now);
				return progress !== null;
			},
			onOther: bytes => lines[stream].push(bytes),
		});
	const objects = {stdout: splitterOf('stdout'), stderr: splitterOf('stderr')};
	return {
		push(stream, bytes, at) {
			now = at;
			objects[stream].push(bytes);
			return take();
		},
		end() {
			objects.stdout.end();
			objects.stderr.end();
			reader.end(now);
			lines.stdout.end();
			lines.stderr.end();
			return take();
		},
	};
};

const createProgressFolder = (emit: (event: BuildEvent) => void) => {
	/** Milliseconds to add to BuildKit's clock to get that of the run. */
	let offset: number | null = null;
	let lastAt = 0;
	const names = new Map<string, string>();
	const reported = new Set<string>();
	const logs = new Map<string, Map<number, LineSplitter>>();

	const secondsOf = (time: string | undefined): number => {
		const seconds = Math.round(Date.parse(time ?? '') + (offset ?? 0)) / 1000;
		return Number.isNaN(seconds) ? lastAt : seconds;
	};
	const readLog = ({vertex, stream = 1, data, timestamp}: Log) => {
		const streams = logs.get(vertex) ?? new Map<number, LineSplitter>();
		logs.set(vertex, streams);
		let splitter = streams.get(stream);
		if (!splitter) {
			splitter = createLineSplitter(text => emit({event: 'line', id: vertex, text, at: lastAt}));
			streams.set(stream, splitter);
		}
		lastAt = secondsOf(timestamp);
		splitter.push(Buffer.from(data, 'base64'));
	};
	const endLogs = (vertex: string) => {
		for (const splitter of logs.get(vertex)?.values() ?? []) splitter.end();
	};
	const readVertex = ({digest: id, started, completed, cached, error}: Vertex) => {
		if (started) {
			lastAt = secondsOf(started);
			emit({event: 'began', id, name: names.get(id) ?? '', at: lastAt});
		}
		if (completed) {
			lastAt = secondsOf(completed);
			endLogs(id);
		}
		if (error) {
			if (/context canceled$/.test(error)) emit({event: 'cancelled', id, at: lastAt});
			else emit({event: 'failed', id, message: error, at: lastAt});
		} else if (cached) emit({event: 'cached', id, at: lastAt});
		else if (completed) emit({event: 'ended', id, at: lastAt});
	};
	const readStatus = ({id, vertex, current = 0, completed}: Status) => {
		if (!completed || reported.has(`${vertex} ${id}`)) return;
		reported.add(`${vertex} ${id}`);
		const size = current > 0 ? ` ${prettyBytes(current)}` : '';
		emit({event: 'line', id: vertex, text: `${id}${size} done`, at: secondsOf(completed)});
		for (const event of parseImageExport(id)) emit(event);
	};

	return {
		read({vertexes, statuses, logs: logged, warnings}: ProgressRecords, at: number) {
			offset ??= measureClockOffset({vertexes, statuses, logs: logged}, at);
			for (const {digest: id, name, inputs = []} of vertexes) {
				if (!names.has(id)) emit({event: 'listed', id, name, inputs});
				names.set(id, name);
			}
			for (const log of logged) readLog(log);
			for (const vertex of vertexes) readVertex(vertex);
			for (const status of statuses) readStatus(status);
			for (const {vertex, short} of warnings) {
				const text = `WARN: ${Buffer.from(short, 'base64').toString('utf8')}`;
				emit({event: 'line', id: vertex, text, at: lastAt});
			}
		},
		/** Emits the unfinished lines of instructions that never completed. `at`: milliseconds. */
		end(at: number) {
			lastAt = at / 1000;
			for (const vertex of logs.keys()) endLogs(vertex);
		},
	};
};

/** Returns the clock offset; null if no times are given. An object arrives within some 5 ms of its last time. */
const measureClockOffset = (
	{vertexes, statuses, logs}: Omit<ProgressRecords, 'warnings'>,
	at: number,
): number | null => {
	const times = [
		...vertexes.flatMap(({started, completed}) => [started, completed]),
		...statuses.map(({timestamp}) => timestamp),
		...logs.map(({timestamp}) => timestamp),
	]
		.map(time => Date.parse(time ?? ''))
		.filter(time => !Number.isNaN(time));
	return times.length === 0 ? null : at - Math.max(...times);
};

/** The parts of BuildKit's records that are read here; times are RFC 3339, `data` and `short` are base64. */
type Vertex = {
	digest: string;
	name: string;
	/** Digests of the vertices that it is made from. */
	inputs?: string[];
	started?: string;
	completed?: string;
	cached?: boolean;
	error?: string;
};
type Status = {id: string; vertex: string; current?: number; timestamp?: string; completed?: string};
type Log = {vertex: string; stream?: number; data: string; timestamp?: string};
type Warning = {vertex: string; short: string};
type ProgressRecords = {vertexes: Vertex[]; statuses: Status[]; logs: Log[]; warnings: Warning[]};

type Kind = 'string' | 'number' | 'boolean' | 'strings';
type Shape = Record<string, Kind>;

/**
 * Returns the records in an object that a build printed; null if it is not BuildKit's. A build may print any object, so
 * records with missing or wrongly typed fields are left out.
 */
const parseProgress = ({
	vertexes,
	statuses,
	logs,
	warnings,
}: Record<string, unknown>): ProgressRecords | null =>
	[vertexes, statuses, logs, warnings].some(Array.isArray)
		? {
				vertexes: selectRecords<Vertex>(
					vertexes,
					{digest: 'string', name: 'string'},
					{inputs: 'strings', started: 'string', completed: 'string', cached: 'boolean', error: 'string'},
				),
				statuses: selectRecords<Status>(
					statuses,
					{id: 'string', vertex: 'string'},
					{current: 'number', timestamp: 'string', completed: 'string'},
				),
				logs: selectRecords<Log>(
					logs,
					{vertex: 'string', data: 'string'},
					{stream: 'number', timestamp: 'string'},
				),
				warnings: selectRecords<Warning>(warnings, {vertex: 'string', short: 'string'}, {}),
			}
		: null;

const selectRecords = <Wanted>(list: unknown, needed: Shape, optional: Shape): Wanted[] =>
	(Array.isArray(list) ? list : []).filter(
		(value): value is Wanted =>
			typeof value === 'object' &&
			value !== null &&
			Object.entries(needed).every(([key, kind]) => isOfKind(kind, value[key])) &&
			Object.entries(optional).every(([key, kind]) => value[key] === undefined || isOfKind(kind, value[key])),
	);

const isOfKind = (kind: Kind, value: unknown): boolean =>
	kind === 'strings'
		? Array.isArray(value) && value.every(one => typeof one === 'string')
		: typeof value === kind;

const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Bytes after which an apparent object is treated as text; BuildKit's largest have some 100 kB. */
const maxObjectSize = 16 * 1024 * 1024;

/** The object being read. */
type OpenObject = {
	/** Its bytes from earlier pieces of the stream. */
	parts: Uint8Array[];
	size: number;
	depth: number;
	inString: boolean;
	isEscaped: boolean;
	isEmpty: boolean;
};

type ScanState = 'open' | 'whole' | 'broken';

type Handlers = {
	/** Returns whether it accepts the object; a rejected one is other text. */
	onObject(object: Record<string, unknown>): boolean;
	/** Receives everything between the objects, in pieces. */
	onOther(bytes: Uint8Array): void;
};

/**
 * Splits a stream of concatenated JSON objects with other text between them, cut at any byte. An object begins at the
 * start of a line or right after another one; what turns out not to be one is passed on as text. The structure of JSON
 * is all ASCII, so the end can be found without decoding.
 */
export const createObjectSplitter = ({onObject, onOther}: Handlers) => {
	let open: OpenObject | null = null;
	let isAtStart = true;

	const close = (bytes: Buffer, isWhole: boolean) => {
		open = null;
		const value = isWhole ? parseObject(bytes) : null;
		const isTaken = value !== null && onObject(value);
		if (!isTaken) onOther(bytes);
		isAtStart = isTaken || bytes.at(-1) === newline;
	};
	/** Skips to the next object, and returns its position. */
	const skip = (bytes: Uint8Array, from: number): number => {
		let end = from;
		while (end < bytes.length && !(isAtStart && bytes[end] === openBrace)) {
			isAtStart = bytes[end] === newline;
			end++;
		}
		if (end > from) onOther(bytes.subarray(from, end));
		return end;
	};
	const readObject = (object: OpenObject, bytes: Uint8Array, from: number): number => {
		let end = from;
		let state: ScanState = 'open';
		while (end < bytes.length && state === 'open') {
			if (object.inString) end = skipText(object, bytes, end);
			if (end < bytes.length) state = advance(object, bytes[end++] ?? 0);
		}
		const part = bytes.subarray(from, end);
		object.size += part.length;
		if (state !== 'open' || object.size > maxObjectSize) close(joinParts(object, part), state === 'whole');
		// Copied, because the sender may reuse its buffer, and a slice would keep the whole piece in memory.
		else object.parts.push(Uint8Array.from(part));
		return end;
	};

	return {
		push(bytes: Uint8Array) {
			let position = 0;
			while (position < bytes.length) {
				if (open) {
					position = readObject(open, bytes, position);
					continue;
				}
				position = skip(bytes, position);
				if (position < bytes.length) {
					open = {parts: [], size: 0, depth: 0, inString: false, isEscaped: false, isEmpty: true};
				}
			}
		},
		end() {
			if (open) close(Buffer.concat(open.parts), false);
		},
	};
};

/** Returns all bytes of an object, given its last part. Nearly always that is the only one, and nothing is copied. */
const joinParts = ({parts}: OpenObject, last: Uint8Array): Buffer =>
	parts.length === 0
		? Buffer.from(last.buffer, last.byteOffset, last.length)
		: Buffer.concat([...parts, last]);

/** Returns the position of the next significant byte in a string: the hot loop, since most bytes are in strings. */
const skipText = ({isEscaped}: OpenObject, bytes: Uint8Array, from: number): number => {
	let end = from;
	if (isEscaped) return end;
	while (end < bytes.length) {
		const byte = bytes[end];
		if (byte === quote || byte === backslash || byte === newline) break;
		end++;
	}
	return end;
};

/** Advances by one byte, and returns whether the object is still open, whole, or not an object. */
const advance = (object: OpenObject, byte: number): ScanState => {
	if (object.inString) {
		if (object.isEscaped) object.isEscaped = false;
		else if (byte === backslash) object.isEscaped = true;
		else if (byte === quote) object.inString = false;
		return byte === newline ? 'broken' : 'open';
	}
	if (byte === quote) object.inString = true;
	else if (byte === openBrace) object.depth++;
	else if (byte === closeBrace) object.depth--;
	if (object.depth === 0) return 'whole';
	// An object begins with a key.
	if (object.isEmpty && object.depth === 1 && byte > 0x20 && byte !== openBrace) {
		object.isEmpty = false;
		return byte === quote ? 'open' : 'broken';
	}
	return object.isEmpty && object.depth > 1 ? 'broken' : 'open';
};

const parseObject = (bytes: Buffer): Record<string, unknown> | null => {
	try {
		return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
	} catch {
		return null;
	}
};
