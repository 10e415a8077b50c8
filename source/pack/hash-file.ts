import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';

/** SHA-256 of a file's bytes, hexadecimal, and how many there are. Rejects when it can't be read. */
export const hashFile = async (
	file: string,
	onBytes: (done: number) => void,
	signal: AbortSignal,
): Promise<{sha256: string; bytes: number}> => {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of createReadStream(file, {highWaterMark: 1024 * 1024, signal})) {
		hash.update(chunk as Buffer);
		bytes += (chunk as Buffer).length;
		onBytes(bytes);
	}
	return {sha256: hash.digest('hex'), bytes};
};
