import type {LogFile} from './log-file.js';

/** A log file in memory: for recordings, which are small and stand in memory anyway. */
export const createMemoryFile = (): LogFile => {
	let pieces: Buffer[] = [];
	return {
		write(bytes, offset) {
			const before = pieces.reduce((sum, {length}) => sum + length, 0);
			if (before !== offset) pieces = [Buffer.concat(pieces).subarray(0, offset)];
			pieces.push(Buffer.from(bytes));
		},
		read(offset, length) {
			if (pieces.length > 1) pieces = [Buffer.concat(pieces)];
			return pieces[0]?.subarray(offset, offset + length) ?? Buffer.alloc(0);
		},
		close() {},
	};
};
