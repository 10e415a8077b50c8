import {createHash} from 'node:crypto';
import {openPlainFile} from '../storage/plain-file.js';

/** Bytes that are read at once, always into the same two places: a stream would leave each piece to the collector. */
const mostPieceBytes = 1024 * 1024;

/** SHA-256 of a plain file's bytes, hexadecimal, and how many there are. Rejects when it is none, or can't be read. */
export const hashFile = async (
	file: string,
	onBytes: (done: number) => void,
	signal: AbortSignal,
): Promise<{sha256: string; bytes: number}> => {
	const hash = createHash('sha256');
	const handle = await openPlainFile(file);
	const {size} = await handle.stat();
	const pieceBytes = Math.min(mostPieceBytes, size + 1);
	const read = (piece: Buffer) => handle.read(piece, 0, pieceBytes);
	let [piece, other] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)];
	let reading = read(piece);
	try {
		let bytes = 0;
		for (;;) {
			const {bytesRead} = await reading;
			signal.throwIfAborted();
			if (bytesRead === 0) return {sha256: hash.digest('hex'), bytes};
			const whole = piece;
			// The next piece is read while this one is hashed.
			[piece, other] = [other, piece];
			reading = read(piece);
			hash.update(whole.subarray(0, bytesRead));
			bytes += bytesRead;
			onBytes(bytes);
		}
	} finally {
		await reading.catch(() => {});
		await handle.close();
	}
};
