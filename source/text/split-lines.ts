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
		const room = maxLength - part.length;
		if (text.length <= room) {
			part += text;
			return;
		}
		// Never half of a surrogate pair.
		part = (part + text.slice(0, room)).replace(/[\uD800-\uDBFF]$/, '') + cutMark;
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
