const newline = 0x0a;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Bytes after which something that looked like an object is taken for text; BuildKit's largest are some 100 kB. */
const maxObjectSize = 16 * 1024 * 1024;

/** The object being read. */
type Open = {
	/** What earlier pieces of the stream held of it. */
	parts: Uint8Array[];
	size: number;
	depth: number;
	inString: boolean;
	isEscaped: boolean;
	isEmpty: boolean;
};

type State = 'open' | 'whole' | 'broken';

type Handlers = {
	/** Whether it wants the object; one that it doesn't want is other text. */
	onObject(object: Record<string, unknown>): boolean;
	/** Everything between the objects, in pieces. */
	onOther(bytes: Uint8Array): void;
};

/**
 * Splits a stream of concatenated JSON objects with other text between them, cut at any byte. An object begins at
 * the start of a line or right after another one; what turns out to be none is handed over as other text. All that
 * structures JSON is ASCII, so bytes need no decoding to find the end.
 */
export const createObjectSplitter = ({onObject, onOther}: Handlers) => {
	let open: Open | null = null;
	let isAtStart = true;

	const close = (bytes: Buffer, isWhole: boolean) => {
		open = null;
		const value = isWhole ? parseObject(bytes) : null;
		const isTaken = value !== null && onObject(value);
		if (!isTaken) onOther(bytes);
		isAtStart = isTaken || bytes.at(-1) === newline;
	};
	/** Reads up to the next object; returns where it begins. */
	const skip = (bytes: Uint8Array, from: number): number => {
		let end = from;
		while (end < bytes.length && !(isAtStart && bytes[end] === openBrace)) {
			isAtStart = bytes[end] === newline;
			end++;
		}
		if (end > from) onOther(bytes.subarray(from, end));
		return end;
	};
	const readObject = (object: Open, bytes: Uint8Array, from: number): number => {
		let end = from;
		let state: State = 'open';
		while (end < bytes.length && state === 'open') {
			if (object.inString) end = skipText(object, bytes, end);
			if (end < bytes.length) state = step(object, bytes[end++] ?? 0);
		}
		const part = bytes.subarray(from, end);
		object.size += part.length;
		if (state !== 'open' || object.size > maxObjectSize) close(joined(object, part), state === 'whole');
		// Whose bytes these are may write into them again, and a part keeps no whole piece in memory.
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

/** All bytes of an object that ends with these; nearly always it lies in one piece, and nothing is copied. */
const joined = ({parts}: Open, last: Uint8Array): Buffer =>
	parts.length === 0
		? Buffer.from(last.buffer, last.byteOffset, last.length)
		: Buffer.concat([...parts, last]);

/** Up to the next byte that means something in a string, where nearly all bytes are: a flood is read here. */
const skipText = ({isEscaped}: Open, bytes: Uint8Array, from: number): number => {
	let end = from;
	if (isEscaped) return end;
	while (end < bytes.length) {
		const byte = bytes[end];
		if (byte === quote || byte === backslash || byte === newline) break;
		end++;
	}
	return end;
};

/** Moves one byte on: is the object whole now, or can it be none? */
const step = (object: Open, byte: number): State => {
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
	// The first thing in an object is a key.
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
