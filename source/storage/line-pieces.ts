const newline = 0x0a;

/** Bytes that a line may have before its end is found; what follows is left out. */
const longestLine = 64 * 1024;
/** Bytes that are handed over at once, about. */
const longestPiece = 64 * 1024;

/** Whole lines, without the end of the last one. The bytes are good until the piece has been taken. */
export type LinePiece = {bytes: Buffer; count: number};

/** Cuts bytes that arrive in any pieces at the ends of lines, without looking at the lines. */
export const createLinePieces = (
	onPiece: (piece: LinePiece) => void,
): {push(bytes: Uint8Array): void; end(): void} => {
	let begun: Buffer[] = [];
	let begunLength = 0;
	const begin = (bytes: Buffer): void => {
		// A copy: whoever has read the bytes may read the next ones into the same place.
		const part = Buffer.from(bytes.subarray(0, longestLine - begunLength));
		if (part.length === 0) return;
		begun.push(part);
		begunLength += part.length;
	};
	const finish = (): Buffer => {
		const bytes = Buffer.concat(begun);
		begun = [];
		begunLength = 0;
		return bytes;
	};
	return {
		push(piece) {
			const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
			const firstEnd = bytes.indexOf(newline);
			if (firstEnd === -1) return begin(bytes);
			begin(bytes.subarray(0, firstEnd));
			onPiece({bytes: finish(), count: 1});
			let from = firstEnd + 1;
			for (let end = endOfPiece(bytes, from); end !== -1; end = endOfPiece(bytes, from)) {
				onPiece({bytes: bytes.subarray(from, end), count: countLines(bytes, from, end)});
				from = end + 1;
			}
			begin(bytes.subarray(from));
		},
		end() {
			if (begunLength > 0) onPiece({bytes: finish(), count: 1});
		},
	};
};

/** The end of the last line that fits into a piece, else of the next line; -1 when no line ends any more. */
const endOfPiece = (bytes: Buffer, from: number): number => {
	const last = bytes.subarray(from, from + longestPiece).lastIndexOf(newline);
	return last === -1 ? bytes.indexOf(newline, from) : from + last;
};

const countLines = (bytes: Buffer, from: number, end: number): number => {
	let count = 1;
	for (let at = bytes.indexOf(newline, from); at !== -1 && at < end; at = bytes.indexOf(newline, at + 1))
		count++;
	return count;
};
