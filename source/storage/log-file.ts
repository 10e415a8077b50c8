import {closeSync, openSync, readSync, writeSync} from 'node:fs';
import {privateFile} from './private-modes.js';

/** Bytes that only grow. All three throw what the system says. */
export type LogFile = {
	/** Writes all of them behind the first `offset` bytes; what stood there before is no matter. */
	write(bytes: Uint8Array, offset: number): void;
	/** Fewer bytes than asked for when the file is shorter. */
	read(offset: number, length: number): Buffer;
	/** It will not be written any more; it can be read on. */
	close(): void;
};

/** A file of its own on the disk, made by the first write. Its folder must be there. */
export const createLogFile = (path: string): LogFile => {
	let descriptor: number | null = null;
	const close = () => {
		if (descriptor !== null) closeSync(descriptor);
		descriptor = null;
	};
	return {
		write(bytes, offset) {
			descriptor ??= openSync(path, 'w+', privateFile.mode);
			let written = 0;
			while (written < bytes.length) {
				written += writeSync(descriptor, bytes, written, bytes.length - written, offset + written);
			}
		},
		read(offset, length) {
			if (descriptor !== null) return readFrom(descriptor, offset, length);
			const opened = openSync(path, 'r');
			try {
				return readFrom(opened, offset, length);
			} finally {
				closeSync(opened);
			}
		},
		close,
	};
};

const readFrom = (descriptor: number, offset: number, length: number): Buffer => {
	const bytes = Buffer.allocUnsafe(length);
	let filled = 0;
	while (filled < length) {
		const count = readSync(descriptor, bytes, filled, length - filled, offset + filled);
		if (count === 0) break;
		filled += count;
	}
	return bytes.subarray(0, filled);
};
