import {createHash} from 'node:crypto';
import {Transform} from 'node:stream';

/** Passes bytes on, counts them, and knows their SHA-256 (hexadecimal) once they are through. */
export const createHashStream = (onBytes: (done: number) => void = () => {}) => {
	const hash = createHash('sha256');
	let bytes = 0;
	let digest: string | null = null;
	const stream = new Transform({
		transform(chunk: Buffer, _encoding, pass) {
			hash.update(chunk);
			bytes += chunk.length;
			onBytes(bytes);
			pass(null, chunk);
		},
	});
	return {
		stream,
		bytes: () => bytes,
		digest(): string {
			digest ??= hash.digest('hex');
			return digest;
		},
	};
};
