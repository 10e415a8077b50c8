import {setTimeout as pause} from 'node:timers/promises';

/** Reads until the result is as wanted, for `timeout` ms at most. Resolves with the last result. */
export const settled = async <Value>(
	read: () => Value | Promise<Value>,
	isWanted: (value: Value) => boolean,
	timeout = 60_000,
): Promise<Value> => {
	const deadline = performance.now() + timeout;
	for (;;) {
		const value = await read();
		if (isWanted(value) || performance.now() > deadline) return value;
		await pause(20);
	}
};
