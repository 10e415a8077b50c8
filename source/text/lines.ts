import {cleanLine} from './terminal-text.js';

/** Characters kept of one line: far more than any screen shows, and a bound for the memory. */
const defaultMaxLength = 10_000;

/** Bytes that become one text: a line keeps alive the whole text that it was cut from. */
const decodedAtOnce = 64 * 1024;

const cutMark = '…';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Takes bytes as they arrive and hands over whole lines. */
export type LineSplitter = {
	push(bytes: Uint8Array): void;
	/** Hands over an unfinished last line. */
	end(): void;
	/** The line that has not ended yet; empty when there is none. */
	unfinished(): string;
};

/**
 * Splits UTF-8 that arrives in any pieces into lines. `\n` and `\r\n` end a line; invalid bytes become U+FFFD. Of a
 * line with carriage returns that grows too long, the first part between them and the last two are kept; of a part
 * that is longer than `maxLength`, its beginning and a mark.
 */
export const createLineSplitter = (
	onLine: (line: string) => void,
	{maxLength = defaultMaxLength}: {maxLength?: number} = {},
): LineSplitter => {
	const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	// Parts that ended with a carriage return, with it; then the part being read.
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
		// Never half of a surrogate pair.
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
		// By hand: the matches of a pattern would be most of the garbage of a flood.
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

/** Takes bytes as they arrive; hands over the lines that can be among the last ones, and counts all. */
export type LineSkimmer = {
	push(bytes: Uint8Array): void;
	/** Hands over an unfinished last line. */
	end(): void;
	/** Whole lines so far. */
	count(): number;
};

/**
 * Splits as `createLineSplitter` does, but in a piece of more lines than are `kept`, those in its middle are only
 * counted: finding a line's end costs a hundredth of decoding the line.
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
			// The first line may have begun in the piece before.
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

/** So many lines from the end, and what has begun behind them. */
const takeLastLines = (bytes: Buffer, lines: number): Buffer => {
	let at = bytes.length;
	for (let found = 0; found <= lines; found++) at = bytes.lastIndexOf(newlineByte, at - 1);
	return bytes.subarray(at + 1);
};

/** Lines kept for a pane; all of them go to the transcript. */
const defaultKeptLines = 200;

/** The last lines of an output, cleaned, and how many there were. */
export type LineTail = {
	push(text: string): void;
	count(): number;
	/** The same array until another line comes. */
	lines(): string[];
};

/** The last items of many. `size`: how many are kept. */
export const createRing = <Item>(size: number) => {
	let items: Item[] = [];
	return {
		push(item: Item): void {
			items.push(item);
			// Now and then, so that in a flood each item is moved once.
			if (items.length >= 2 * size) items = items.slice(-size);
		},
		/** Takes out the last items, oldest first. */
		takeAll(): Item[] {
			const taken = items.slice(-size);
			items = [];
			return taken;
		},
	};
};

/** `kept`: how many lines it keeps. */
export const createLineTail = (kept = defaultKeptLines): LineTail => {
	let count = 0;
	let shown: string[] = [];
	// What has come since `shown`. Only lines that are asked for are cleaned: in a flood that is one in a hundred.
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
