import {cleanLine} from './terminal-text.js';

/** Maximum length of a line: far more than any screen shows, and a limit on memory use. */
const defaultMaxLength = 10_000;

/** Bytes decoded at once: in memory, a line keeps the whole string that it was cut from. */
const decodedAtOnce = 64 * 1024;

const cutMark = '…';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Splits bytes into whole lines as they arrive. */
export type LineSplitter = {
	push(bytes: Uint8Array): void;
	/** Emits an unfinished last line. */
	end(): void;
	/** Returns the line that has not ended yet; empty if there is none. */
	unfinished(): string;
};

/**
 * Splits UTF-8, cut anywhere, into lines. `\n` and `\r\n` end a line; invalid bytes become U+FFFD. If a line with
 * carriage returns grows too long, keeps its first part and the last two; of a part longer than `maxLength`, keeps the
 * beginning, with a mark.
 */
export const createLineSplitter = (
	onLine: (line: string) => void,
	{maxLength = defaultMaxLength}: {maxLength?: number} = {},
): LineSplitter => {
	const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	// The parts that ended with a carriage return, including it; then the part being read.
	let overwritten = '';
	let part = '';
	let isCut = false;

	const append = (text: string) => {
		if (isCut) return;
		const size = maxLength - part.length;
		if (text.length <= size) {
			part += text;
			return;
		}
		// Don't keep half of a surrogate pair.
		part = (part + text.slice(0, size)).replace(/[\uD800-\uDBFF]$/, '') + cutMark;
		isCut = true;
	};
	const overwrite = () => {
		if (part === '') return;
		overwritten += `${part}\r`;
		if (overwritten.length > maxLength) {
			const first = overwritten.slice(0, overwritten.indexOf('\r') + 1);
			overwritten = first.length === overwritten.length ? first : `${first}${part}\r`;
		}
		part = '';
		isCut = false;
	};
	const current = () => (part === '' ? overwritten.slice(0, -1) : overwritten + part);
	const finish = () => {
		const line = current();
		overwritten = '';
		part = '';
		isCut = false;
		onLine(line);
	};
	const read = (text: string) => {
		let from = 0;
		// No regular expression: its matches would be most of the garbage in a flood of output.
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (code !== lineFeed && code !== carriageReturn) continue;
			append(text.slice(from, at));
			if (code === lineFeed) finish();
			else overwrite();
			from = at + 1;
		}
		append(text.slice(from));
	};

	return {
		push(bytes) {
			for (let from = 0; from < bytes.length; from += decodedAtOnce) {
				read(decoder.decode(bytes.subarray(from, from + decodedAtOnce), {stream: true}));
			}
		},
		end() {
			read(decoder.decode());
			if (current() !== '') finish();
		},
		unfinished: current,
	};
};

const newlineByte = 0x0a;

/** Counts all lines as bytes arrive, and emits those that can be among the last ones. */
export type LineSkimmer = {
	push(bytes: Uint8Array): void;
	/** Emits an unfinished last line. */
	end(): void;
	/** Returns the number of whole lines so far. */
	count(): number;
};

/**
 * Splits like `createLineSplitter`, but only counts the middle of a piece with more lines than `kept`: finding the end
 * of a line costs a hundredth of decoding the line.
 */
export const createLineSkimmer = (onLine: (line: string) => void, kept: number): LineSkimmer => {
	let count = 0;
	const splitter = createLineSplitter(line => {
		count++;
		onLine(line);
	});
	return {
		push(bytes) {
			const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			const lines = countNewlines(buffer);
			if (lines <= kept + 1) {
				splitter.push(buffer);
				return;
			}
			// The first line may have begun in the previous piece.
			splitter.push(buffer.subarray(0, buffer.indexOf(newlineByte) + 1));
			const tail = takeLastLines(buffer, kept);
			count += lines - 1 - kept;
			splitter.push(tail);
		},
		end: splitter.end,
		count: () => count,
	};
};

const countNewlines = (bytes: Buffer): number => {
	let count = 0;
	for (let at = bytes.indexOf(newlineByte); at !== -1; at = bytes.indexOf(newlineByte, at + 1)) count++;
	return count;
};

/** Returns this many last lines, and the unfinished one after them. */
const takeLastLines = (bytes: Buffer, lines: number): Buffer => {
	let at = bytes.length;
	for (let found = 0; found <= lines; found++) at = bytes.lastIndexOf(newlineByte, at - 1);
	return bytes.subarray(at + 1);
};

/** Lines kept for a pane; the transcript has all of them. */
const defaultKeptLines = 200;

/** The last lines of an output, cleaned, and the number of all lines. */
export type LineTail = {
	push(text: string): void;
	count(): number;
	/** Returns the same array until another line arrives. */
	lines(): string[];
};

/** Keeps the last items of many. `size`: how many. */
export const createRing = <Item>(size: number) => {
	let items: Item[] = [];
	return {
		push(item: Item): void {
			items.push(item);
			// Trimmed rarely, so that in a flood each item is moved only once.
			if (items.length >= 2 * size) items = items.slice(-size);
		},
		/** Removes and returns the last items, oldest first. */
		takeAll(): Item[] {
			const taken = items.slice(-size);
			items = [];
			return taken;
		},
	};
};

/** Creates a tail of lines. `kept`: how many it keeps. */
export const createLineTail = (kept = defaultKeptLines): LineTail => {
	let count = 0;
	let shown: string[] = [];
	// The lines since `shown`. Lines are cleaned only on request: in a flood, that is one in a hundred.
	const fresh = createRing<string>(kept);
	return {
		push(text) {
			fresh.push(text);
			count++;
		},
		count: () => count,
		lines() {
			const lines = fresh.takeAll();
			if (lines.length > 0) shown = [...shown, ...lines.map(cleanLine)].slice(-kept);
			return shown;
		},
	};
};
