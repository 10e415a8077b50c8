import {setTimeout as pause} from 'node:timers/promises';

/** Reads until the result is as wanted, for a minute at most. Resolves with the last result. */
export const settled = async <Value>(
	read: () => Value | Promise<Value>,
	isWanted: (value: Value) => boolean,
): Promise<Value> => {
	const deadline = performance.now() + 60_000;
	for (;;) {
		const value = await read();
		if (isWanted(value) || performance.now() > deadline) return value;
		await pause(20);
	}
};
