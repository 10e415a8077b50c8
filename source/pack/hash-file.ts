import {createHash} from 'node:crypto';
import {open} from 'node:fs/promises';

/** Bytes that are read at once, always into the same place: a stream would leave each piece to the collector. */
const pieceBytes = 1024 * 1024;

/** SHA-256 of a file's bytes, hexadecimal, and how many there are. Rejects when it can't be read. */
export const hashFile = async (
	file: string,
	onBytes: (done: number) => void,
	signal: AbortSignal,
): Promise<{sha256: string; bytes: number}> => {
	const hash = createHash('sha256');
	const piece = Buffer.allocUnsafe(pieceBytes);
	const handle = await open(file);
	try {
		let bytes = 0;
		for (;;) {
			signal.throwIfAborted();
			const {bytesRead} = await handle.read(piece, 0, pieceBytes);
			if (bytesRead === 0) return {sha256: hash.digest('hex'), bytes};
			hash.update(piece.subarray(0, bytesRead));
			bytes += bytesRead;
			onBytes(bytes);
		}
	} finally {
		await handle.close();
	}
};
