import {closeSync, openSync, readSync} from 'node:fs';

/** Milliseconds between two looks at a growing file: well under a frame of the screen. */
const interval = 20;

/** Bytes read at once; at most 16 of these a look, so that a flood leaves time for keys. */
const chunkSize = 1024 * 1024;
const chunksPerLook = 16;

/**
 * Reads a file while another process writes it, so that the reader never holds the writer back. `stop` resolves when
 * everything that stands in the file by then has been handed over. The bytes are good until `onBytes` returns: a flood
 * would otherwise leave its own size behind for the garbage collector.
 */
export const followFile = (file: string, onBytes: (bytes: Uint8Array) => void): {stop(): Promise<void>} => {
	const descriptor = openSync(file, 'r');
	const buffer = new Uint8Array(chunkSize);
	let position = 0;
	const look = (): boolean => {
		for (let chunk = 0; chunk < chunksPerLook; chunk++) {
			const length = readSync(descriptor, buffer, 0, chunkSize, position);
			if (length === 0) return false;
			position += length;
			onBytes(buffer.subarray(0, length));
		}
		return true;
	};
	const timer = setInterval(look, interval);
	return {
		async stop() {
			clearInterval(timer);
			while (look()) await new Promise(setImmediate);
			closeSync(descriptor);
		},
	};
};
